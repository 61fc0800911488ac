"""The rules of good questions, one function a rule."""

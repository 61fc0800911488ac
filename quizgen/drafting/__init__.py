"""Drafts of questions out of a text: facts, what may ask for them, and who proposes them."""

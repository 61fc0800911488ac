"""Drafts of questions out of a text: facts, the questions that may ask for them, and who proposes them."""

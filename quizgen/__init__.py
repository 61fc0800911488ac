"""One bank of questions in plain text becomes an Anki deck, printed quizzes and a terminal quiz."""

__version__ = "0.2.0"

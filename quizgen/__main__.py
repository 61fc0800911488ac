"""`python -m quizgen`, for where the script is not on the path."""

from quizgen.cli import program

program()

"""`python -m quizgen`, for where the script is not on the path."""

import sys

from quizgen.cli import main

sys.exit(main())

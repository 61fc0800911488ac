"""`quizgen optimize`: parameters of FSRS that fit one's own answers, kept where they predict better."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from msgspec.structs import replace

from quizgen.commands.learner import state_file
from quizgen.commands.project import Stop
from quizgen.study.fitting import FEWEST, Fit, Recalled, fitted, recalls_of
from quizgen.study.progress import Progress
from quizgen.study.progress_file import ProgressError

DESCRIPTION = """\
Fit the schedule to your own memory: parameters of FSRS-6 from all your answers. They
are kept only where they predict answers that they have not seen better than before."""

EXAMPLES = """\
examples:
  quizgen optimize               fit, and keep what predicts better
  quizgen optimize --dry-run     only say what would become of it

It needs an extra: pip install 'quizgen[optimize]'
Back to where it began: quizgen progress set --default-parameters"""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `optimize`."""
    parser.add_argument("--dry-run", action="store_true", help="keep nothing")
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="the record (default: in the user's state folder)"
    )


def run(args: Namespace) -> int:
    """Fit: 0 whether anything became better or not, 1 where there are too few answers."""
    try:
        progress = Progress.open(args.db or state_file())
        try:
            return _optimize(progress, keeps=not args.dry_run)
        finally:
            progress.close()
    except ProgressError as error:
        raise Stop(str(error), code=1) from error


def _optimize(progress: Progress, *, keeps: bool) -> int:
    recalls = _recalls(progress)
    if len(recalls) < FEWEST:
        raise Stop(
            f"That takes {FEWEST} reviews that came a day or more after the one before; your record"
            f" has {len(recalls)}. Until then the parameters of FSRS-6 are the better guess.",
            code=1,
        )
    habits = progress.habits()
    try:
        fit = fitted(recalls, habits.parameters)
    except ImportError as error:
        raise Stop("This needs an extra: pip install 'quizgen[optimize]'", code=1) from error
    print(_figures(fit, len(recalls)))
    if not fit.is_better:
        print("That is no better, so everything stays as it was.")
    elif not keeps:
        print("That is better. Without --dry-run it is kept.")
    else:
        progress.change_habits(replace(habits, parameters=fit.parameters), now=time.time())
        print("That is better, and kept: the next session goes by it.")
    return 0


def _recalls(progress: Progress) -> list[Recalled]:
    found = []
    for bank in progress.banks():
        schedule = progress.schedule_of(bank.bank)
        for history in progress.histories(bank.bank):
            found += recalls_of(history.reviews, schedule)
    return found


def _figures(fit: Fit, count: int) -> str:
    return (
        f"Fitted to {count} reviews. On the last {fit.held_back}, held back for a trial, the log loss"
        f" was {fit.before:.4f} and is {fit.after:.4f}; less is better."
    )

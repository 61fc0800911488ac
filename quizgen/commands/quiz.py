"""`quizgen quiz`: choose what to be asked, and play it in the terminal."""

import os
import secrets
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from quizgen.commands.check import all_problems
from quizgen.commands.project import Stop, add_project_option, find_project, read_project
from quizgen.commands.report import counted, has_colour, print_json, print_problems
from quizgen.core.select import draw, practice
from quizgen.core.stream import key
from quizgen.model import Bank, Item
from quizgen.problem import has_errors

DESCRIPTION = """\
Test yourself, line by line: all types of question, typed answers judged with a reason,
missed ones again after a few others. Every answer is saved as it is given."""

EXAMPLES = """\
examples:
  quizgen quiz                      twenty questions from the whole bank
  quizgen quiz "Earth and sky"      questions of one topic
  quizgen quiz midterm              the questions of a quiz
  quizgen quiz -n 5 --seed 7        five questions, in an order that can be repeated
  quizgen quiz --resume             go on where the last session stopped
  quizgen quiz --plain              plain sentences, for screen readers and pipes

While you answer: ? help, u undo, q quit; where text is typed, :? :u :q."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `quiz`."""
    add_project_option(parser)
    parser.add_argument(
        "what",
        nargs="?",
        metavar="TOPIC or QUIZ",
        help="a topic or a declared quiz (default: everything)",
    )
    parser.add_argument(
        "-n",
        "--number",
        type=_count,
        default=None,
        metavar="N",
        help="how many questions (default: 20, or the whole quiz)",
    )
    parser.add_argument("-s", "--seed", type=int, help="repeat the same selection and order")
    parser.add_argument(
        "-r", "--resume", action="store_true", help="go on with the session that was interrupted"
    )
    parser.add_argument(
        "--plain", action="store_true", help="plain sentences: no signs, colours or indents"
    )
    parser.add_argument(
        "--db",
        type=Path,
        metavar="FILE",
        help="where progress is saved (default: the user's state folder)",
    )
    parser.add_argument("--no-save", action="store_true", help="save nothing")
    parser.add_argument("--json", action="store_true", help="print the result as JSON at the end")


def run(args: Namespace) -> int:
    """Play a session; 130 when it is interrupted, else 0 whatever the score."""
    bank = _bank(find_project(args.project))
    from quizgen.study.progress import Progress, ProgressError
    from quizgen.study.terminal import Screen, run as play

    screen = Screen(
        sys.stdin,
        sys.stderr if args.json else sys.stdout,
        color=has_colour(sys.stdout),
        plain=args.plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb",
        width=_width(),
    )
    progress = None
    if not args.no_save:
        try:
            progress = Progress.open(args.db or _state_file())
        except ProgressError as error:
            print(f"quizgen: {error} This session will not be saved.", file=sys.stderr)
    seed = secrets.randbelow(2**31) if args.seed is None else args.seed
    title, items = _chosen(bank, args.what, args.number, seed)
    if not items:
        raise Stop(
            "There is nothing to be asked: every question is a draft, retired or kept for exams.",
            code=1,
        )
    resume = _unfinished(progress, bank) if args.resume else None
    summary = play(
        bank,
        items,
        title=title,
        seed=seed,
        progress=progress,
        screen=screen,
        now=time.time,
        resume=resume,
    )
    if args.json:
        print_json(summary.as_json())
    return 130 if summary.interrupted else 0


def _bank(root: Path) -> Bank:
    reading = read_project(root)
    problems = all_problems(reading)
    if reading.bank is None or has_errors(problems):
        print_problems(problems, sys.stderr)
        raise Stop(f"{counted(problems)}. Mend them, then start the quiz again.", code=1)
    return reading.bank


def _chosen(
    bank: Bank, what: str | None, number: int | None, seed: int
) -> tuple[str, tuple[Item, ...]]:
    """The title of the session and its items, in the order in which the bank has them."""
    title, pool = bank.title, practice(bank)
    if what is not None:
        plan = next((plan for plan in bank.quizzes if plan.id == what), None)
        topic = next(
            (topic for topic in _topics(bank) if topic.casefold() == what.casefold()), None
        )
        if plan is not None:
            quiz, problems = draw(bank, plan)
            if quiz is None:
                print_problems(problems, sys.stderr)
                raise Stop(f'The quiz "{what}" cannot be drawn.', code=1)
            title, pool = plan.title, quiz.items
            number = number or len(pool)
        elif topic is not None:
            title, pool = topic, tuple(item for item in pool if item.topic == topic)
        else:
            raise Stop(f'"{what}" is neither a topic nor a quiz. {_choices(bank)}')
    number = number or 20
    ranked = sorted(pool, key=lambda item: key("quiz.sample", seed, bank.name, item.id))
    taken = {item.id for item in ranked[:number]}
    return title, tuple(item for item in pool if item.id in taken)


def _topics(bank: Bank) -> list[str]:
    return list(dict.fromkeys(item.topic for item in practice(bank) if item.topic))


def _choices(bank: Bank) -> str:
    topics = "; ".join(_topics(bank)) or "none"
    quizzes = "; ".join(plan.id for plan in bank.quizzes) or "none"
    return f"Topics: {topics}. Quizzes: {quizzes}."


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _state_file() -> Path:
    from platformdirs import user_state_path

    return user_state_path("quizgen", appauthor=False) / "progress.db"


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def _unfinished(progress: object, bank: Bank) -> str:
    raise Stop("no")

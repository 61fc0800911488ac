"""`quizgen quiz`: choose what to be asked, and play it in the terminal."""

import os
import signal
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank import Reading
from quizgen.commands.project import Stop, add_project_option, find_project, read_project
from quizgen.commands.report import count_of, counted, has_colour, print_json, print_problems
from quizgen.core.select import draw, practice
from quizgen.model import Bank, Item
from quizgen.problem import has_errors
from quizgen.study.answerkey import key_digest
from quizgen.study.console import Console, Keys, Screen
from quizgen.study.keeper import Keeper
from quizgen.study.plan import planned, questions_of
from quizgen.study.progress import Progress, Unfinished
from quizgen.study.progress_file import ProgressError
from quizgen.study.record import Key, Plan
from quizgen.study.session import State, begun, replayed
from quizgen.study.terminal import Ending, Setting, Terminal

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
  quizgen quiz --json --fail-under 80   the result for a program

While you answer: ? help, u undo, q quit; where text is typed, :? :u :q."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `quiz`."""
    add_project_option(parser)
    parser.add_argument(
        "what",
        nargs="?",
        metavar="TOPIC or QUIZ",
        help="a topic or a declared quiz (default: everything but incidental details)",
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
    parser.add_argument(
        "--fail-under",
        type=_percent,
        metavar="PERCENT",
        help="exit with 1 where the first answers earn less than this share of the points",
    )


def run(args: Namespace) -> int:
    """Play a session: 130 when it is interrupted; else 0, unless `--fail-under` asks for more."""
    if args.resume and args.no_save:
        raise Stop("--resume goes on with a saved session, so it cannot go with --no-save.")
    if args.resume and (args.what or args.number or args.seed is not None):
        raise Stop("--resume goes on with what was chosen then: leave out topic, number and seed.")
    reading = read_project(find_project(args.project))
    bank = _bank(reading)
    screen = _screen(args)
    progress = None if args.no_save else _progress(args.db or _state_file(), screen)
    kept = None
    if args.resume:
        kept = progress.unfinished(bank.name) if progress else None
        if kept is None:
            raise Stop("No session was broken off. Start one with: quizgen quiz", code=1)
    title, state = _resumed(bank, kept) if kept else _begun(bank, args)
    if not state.plan.tasks:
        is_empty = not reading.origin.items
        raise Stop(_nothing(bank, title, is_empty=is_empty, is_resumed=kept is not None), code=1)
    if kept:
        done = count_of(sum(one.final for one in kept.attempts), "answer")
        screen.tell(f'Going on with "{title}", {done} in.')
    keeper = Keeper(
        progress,
        state.plan,
        title=title,
        ask=lambda sentence: _goes_on(sentence, screen),
        session=kept.id if kept else None,
        key_of=_keys(bank, state.plan),
    )

    def place(item: str) -> str:
        where = reading.origin.items.get(item)
        return f"{where.file}:{where.line}" if where else ""

    seen = progress.answered(bank.name) if progress else None
    setting = Setting(title=title, seen=seen, place=place, seconds=kept.seconds if kept else 0.0)
    terminal = Terminal(bank, state, setting=setting, screen=screen, keeper=keeper, now=time.time)
    with _signals() as caught:
        ending = terminal.play()
    _close(ending, screen, as_json=args.json)
    if progress:
        progress.close()
    if ending.interrupted:
        return 128 + caught[0] if caught else 130
    return int(args.fail_under is not None and ending.summary.percent < args.fail_under)


# --- What is asked -------------------------------------------------------------------------------


def _bank(reading: Reading) -> Bank:
    if reading.bank is None or has_errors(reading.problems):
        print_problems(reading.problems, sys.stderr)
        raise Stop(f"{counted(reading.problems)}. Mend them, then start the quiz again.", code=1)
    return reading.bank


def _begun(bank: Bank, args: Namespace) -> tuple[str, State]:
    seed = int.from_bytes(os.urandom(4), "big") if args.seed is None else args.seed
    title, pool, count = _chosen(bank, args.what)
    return title, begun(planned(bank.name, pool, seed=seed, count=args.number or count))


def _resumed(bank: Bank, kept: Unfinished) -> tuple[str, State]:
    """The session as it stood; what the bank no longer asks is left out of it."""
    there = {
        task.key for item in practice(bank) for question in questions_of(item) for task in question
    }
    tasks = tuple(task for task in kept.plan.tasks if task.key in there)
    plan: Plan = replace(kept.plan, tasks=tasks)
    return kept.title, replayed(plan, kept.attempts)


def _keys(bank: Bank, plan: Plan) -> Callable[[Key], str]:
    """The digest of a task's key as the bank has it now."""
    items = {item.id: item for item in bank.items}
    tasks = {task.key: task for task in plan.tasks}
    return lambda key: key_digest(items[key[0]], tasks[key])


def _chosen(bank: Bank, what: str | None) -> tuple[str, tuple[Item, ...], int | None]:
    """The title of the session, the items to draw from, and how many questions if not all."""
    pool = practice(bank)
    if what is None:
        facts = tuple(item for item in pool if item.level != "detail")
        return bank.title, facts or pool, 20
    plan = next((plan for plan in bank.quizzes if plan.id == what), None)
    if plan is not None:
        quiz, problems = draw(bank, plan)
        if quiz is None:
            print_problems(problems, sys.stderr)
            raise Stop(f'The quiz "{what}" cannot be drawn.', code=1)
        asked = (item for section in quiz.drawn() for item in section)
        return plan.title, tuple(item for item in asked if item.use != "exam"), None
    topic = next((topic for topic in _topics(bank) if topic.casefold() == what.casefold()), None)
    if topic is None:
        raise Stop(f'"{what}" is neither a topic nor a quiz. {_choices(bank)}')
    return topic, tuple(item for item in pool if item.topic == topic), 20


def _topics(bank: Bank) -> list[str]:
    return list(dict.fromkeys(item.topic for item in practice(bank) if item.topic))


def _choices(bank: Bank) -> str:
    topics = "; ".join(_topics(bank)) or "none"
    quizzes = "; ".join(plan.id for plan in bank.quizzes) or "none"
    return f"Topics: {topics}. Quizzes: {quizzes}."


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f'"{text}" is not a number of questions, such as 5')
    return int(text)


def _percent(text: str) -> float:
    try:
        percent = float(text.removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise ArgumentTypeError(f'"{text}" is not a percentage from 0 to 100')
    return percent


def _nothing(bank: Bank, title: str, *, is_empty: bool, is_resumed: bool) -> str:
    """Why there is nothing to be asked."""
    if is_empty:
        return "There are no questions yet: write some in questions/, then start the quiz again."
    if is_resumed:
        return (
            f'Nothing is left of "{title}": the bank no longer has what it asked. '
            "Start another session with: quizgen quiz"
        )
    if title != bank.title:
        return f'There is nothing to be asked: every question of "{title}" is kept for exams.'
    return "There is nothing to be asked: every question is a draft, retired or kept for exams."


# --- The terminal and the disk -------------------------------------------------------------------


def _screen(args: Namespace) -> Screen:
    output = sys.stderr if args.json else sys.stdout
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    console = Console(sys.stdin, output)
    if args.plain or not output.isatty() or os.environ.get("TERM") == "dumb":
        from quizgen.study.plain import Plain

        return Plain(console)
    import shutil

    from quizgen.study.styled import Styled

    width = shutil.get_terminal_size((80, 24)).columns
    return Styled(console, width=width, has_colour=has_colour(output))


def _state_file() -> Path:
    from platformdirs import user_state_path

    return user_state_path("quizgen", appauthor=False) / "progress.db"


def _progress(path: Path, screen: Screen) -> Progress | None:
    try:
        progress = Progress.open(path)
    except ProgressError as error:
        if not _goes_on(str(error), screen):
            raise Stop("Nothing was asked. To play without saving: --no-save", code=1) from error
        return None
    for note in progress.notes:
        screen.tell(note)
    return progress


def _goes_on(sentence: str, screen: Screen) -> bool:
    """Whether the learner goes on without saving; a script is not asked, and stops."""
    screen.tell(sentence)
    if not screen.console.is_interactive:
        return False
    keys = Keys(
        keys=(("Enter", "go on without saving"), ("q", "stop")),
        request="Enter goes on without saving, q stops",
    )
    try:
        return not screen.read(keys).strip().casefold().removeprefix(":").startswith("q")
    except EOFError:
        return False


@contextmanager
def _signals() -> Iterator[list[int]]:
    """A request to end, or a closed window, breaks the session off as Ctrl-C does."""
    caught: list[int] = []

    def stop(number: int, _: object) -> None:
        caught.append(number)
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield caught
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _close(ending: Ending, screen: Screen, *, as_json: bool) -> None:
    summary = ending.summary
    try:
        if ending.interrupted:
            screen.console.write()
            screen.tell(_stopped(ending))
        else:
            screen.close(summary)
    except OSError:
        # The window is gone; the answers are not.
        return
    if as_json:
        print_json(summary.as_json())


def _stopped(ending: Ending) -> str:
    kept = ending.summary.kept
    if not kept.path:
        return "Stopped. Nothing was saved."
    if not ending.has_answers:
        return "Stopped before the first answer."
    which = "The answers given before the disk refused" if kept.lost else "Every answer given"
    return f"Stopped. {which} is saved. Go on with: quizgen quiz --resume"

"""`quizgen quiz`: choose what to be asked, and play it in the terminal."""

import os
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from quizgen.bank import Reading
from quizgen.commands.choice import (
    Learned,
    Pool,
    add_choice_options,
    has_choice,
    outlook_of,
    plan_for,
    pool_of,
    why_nothing,
)
from quizgen.commands.editor import open_at
from quizgen.commands.exam import add_exam_options, form_again, form_of, opening_words
from quizgen.commands.learner import schedule_for, state_file
from quizgen.commands.project import Stop, add_project_option, find_project, read_project
from quizgen.commands.report import count_of, counted, print_json, print_problems
from quizgen.commands.terminal import screen_for, signals
from quizgen.core.select import examinable, practice
from quizgen.model import Bank, Form, Frozen
from quizgen.problem import has_errors
from quizgen.study.answerkey import key_digest
from quizgen.study.choosing import Outlook, Standings
from quizgen.study.console import Keys, Screen
from quizgen.study.keeper import Keeper
from quizgen.study.memories import Habits
from quizgen.study.phrases import closing_words
from quizgen.study.plan import questions_of
from quizgen.study.progress import Progress, Unfinished
from quizgen.study.progress_file import ProgressError
from quizgen.study.record import Key, Plan
from quizgen.study.schedule import Schedule
from quizgen.study.session import State, begun, replayed
from quizgen.study.terminal import Ending, Setting, Terminal

DESCRIPTION = """\
Test yourself, line by line: all types of question, typed answers judged with a reason,
missed ones again after a few others. Every answer is saved as it is given."""

EXAMPLES = """\
examples:
  quizgen quiz                      what is due today, then new ones: twenty at most
  quizgen quiz "Earth and sky"      the same of one topic
  quizgen quiz midterm              the questions of a quiz
  quizgen quiz --new 10             ten new ones; --due what is due, --missed what was missed
  quizgen quiz --cram --tag map     all with this tag, and the schedule stays as it is
  quizgen quiz --minutes 10         as many as fit; -n 5 five questions
  quizgen quiz midterm --exam --minutes 45   a form as on paper, feedback at the end
  quizgen quiz --resume             go on where the last session stopped
  quizgen quiz --plain              plain sentences, for screen readers and pipes
  quizgen quiz --json --fail-under 80   the result for a program

While you answer: ? help, u undo, q quit; where text is typed, :? :u :q."""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `quiz`."""
    add_project_option(parser)
    add_choice_options(parser)
    add_exam_options(parser)
    parser.add_argument(
        "-r", "--resume", action="store_true", help="go on with the session that was interrupted"
    )
    parser.add_argument(
        "--confidence",
        action="store_true",
        help="say of each answer how sure it is: right earns 1, 2 or 3, wrong costs 0, 2 or 6",
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


class _Opening(Frozen, frozen=True, kw_only=True):
    """A session before its first question; `kept` is the one that it goes on with, `form` the one
    that is sat.
    """

    title: str
    state: State
    kept: Unfinished | None = None
    form: Form | None = None


def run(args: Namespace) -> int:
    """Play a session: 130 when it is interrupted; else 0, unless `--fail-under` asks for more."""
    if args.resume:
        _hold_to_resuming(args)
    root = find_project(args.project)
    reading = read_project(root)
    bank = _bank(reading)
    screen = screen_for(args)
    form = form_of(root, bank, args) if args.exam else None
    pool = pool_of(bank, args)
    progress = None if args.no_save else _progress(args.db or state_file(), bank, screen)
    learned = _learned(bank, progress)
    if args.resume:
        opening = _resumed(root, bank, progress)
    elif form:
        opening = _sat(form, args)
    else:
        opening = _begun(bank, pool, args, learned)
    if not opening.state.plan.tasks:
        if pool.items and not opening.kept:
            return _rested(pool, args, learned, screen)
        raise Stop(_nothing(bank, opening, is_empty=not reading.origin.items), code=1)
    if words := _first_words(opening, args):
        screen.tell(words)
    setting = _setting(root, reading, bank, opening, args, learned, progress)
    keeper = _keeper(bank, opening, screen, progress)
    terminal = Terminal(
        bank, opening.state, setting=setting, screen=screen, keeper=keeper, now=time.time
    )
    with signals(screen) as caught:
        ending = terminal.play()
    _close(bank, ending, screen, as_json=args.json)
    if progress:
        progress.close()
    if ending.interrupted:
        return 128 + caught[0] if caught else 130
    percent = (ending.exam or ending.summary).percent
    return int(args.fail_under is not None and percent < args.fail_under)


def _hold_to_resuming(args: Namespace) -> None:
    if args.no_save:
        raise Stop("--resume goes on with a saved session, so it cannot go with --no-save.")
    if has_choice(args):
        raise Stop("--resume goes on with what was chosen then: leave out topic, number and seed.")


def _first_words(opening: _Opening, args: Namespace) -> str:
    """What is said before the first question, if anything."""
    if opening.kept:
        done = count_of(sum(one.final for one in opening.kept.attempts), "answer")
        return f'Going on with "{opening.title}", {done} in.'
    if opening.form:
        return opening_words(opening.form, 60 * (args.minutes or 0.0))
    return "Practice: the schedule stays as it is." if args.cram else ""


def _setting(
    root: Path,
    reading: Reading,
    bank: Bank,
    opening: _Opening,
    args: Namespace,
    learned: Learned,
    progress: Progress | None,
) -> Setting:
    plan = opening.state.plan

    def place(item: str) -> str:
        where = reading.origin.items.get(item)
        return f"{where.file}:{where.line}" if where else ""

    return Setting(
        title=opening.title,
        seen=learned.standings.keys() if progress else None,
        due={key for key, one in learned.standings.items() if one.memory.due <= time.time()},
        changed=_changed(bank, plan, learned.standings),
        place=place,
        seconds=opening.kept.seconds if opening.kept else 0.0,
        limit=plan.exam.limit if plan.exam else 60 * (args.minutes or 0.0),
        form=opening.form,
        opened=lambda item: open_at(root, place(item)),
        outlook=lambda: _outlook(bank, progress),
    )


def _keeper(bank: Bank, opening: _Opening, screen: Screen, progress: Progress | None) -> Keeper:
    return Keeper(
        progress,
        opening.state.plan,
        title=opening.title,
        ask=lambda sentence: _goes_on(sentence, screen),
        session=opening.kept.id if opening.kept else None,
        key_of=_keys(bank, opening.state.plan),
    )


# --- What is asked -------------------------------------------------------------------------------


def _bank(reading: Reading) -> Bank:
    if reading.bank is None or has_errors(reading.problems):
        print_problems(reading.problems, sys.stderr)
        raise Stop(f"{counted(reading.problems)}. Mend them, then start the quiz again.", code=1)
    return reading.bank


def _learned(bank: Bank, progress: Progress | None) -> Learned:
    if progress is None:
        return Learned(standings={}, habits=Habits(), schedule=Schedule(), is_kept=False)
    return Learned(
        standings=progress.standings(bank.name),
        habits=progress.habits(),
        schedule=progress.schedule_of(bank.name),
    )


def _resumed(root: Path, bank: Bank, progress: Progress | None) -> _Opening:
    """The session as it stood; what the bank no longer asks is left out of it."""
    kept = progress.unfinished(bank.name) if progress else None
    if kept is None:
        raise Stop("No session was broken off. Start one with: quizgen quiz", code=1)
    form = form_again(root, bank, kept.plan.exam) if kept.plan.exam else None
    items = examinable(bank) if kept.plan.exam else practice(bank)
    there = {task.key for item in items for question in questions_of(item) for task in question}
    tasks = tuple(task for task in kept.plan.tasks if task.key in there)
    plan: Plan = replace(kept.plan, tasks=tasks)
    state = replayed(plan, kept.attempts)
    return _Opening(title=kept.title, state=state, kept=kept, form=form)


def _sat(form: Form, args: Namespace) -> _Opening:
    from quizgen.study.exam import exam_plan

    plan = exam_plan(form, limit=60 * (args.minutes or 0.0))
    title = f"{form.quiz.plan.title}, form {form.letter}"
    return _Opening(title=title, state=begun(plan), form=form)


def _begun(bank: Bank, pool: Pool, args: Namespace, learned: Learned) -> _Opening:
    seed = int.from_bytes(os.urandom(4), "big") if args.seed is None else args.seed
    plan = plan_for(bank, pool, args, learned, seed=seed, now=time.time())
    return _Opening(title=pool.title, state=begun(replace(plan, confidence=args.confidence)))


def _rested(pool: Pool, args: Namespace, learned: Learned, screen: Screen) -> int:
    """Nothing is to be asked now, which is no failure: say what can be done."""
    now = time.time()
    screen.tell(why_nothing(pool, args, learned, now))
    if args.json:
        ahead = outlook_of(pool, learned, now)
        due = {"now": ahead.due, "next": ahead.next, "in_days": ahead.days or None}
        print_json({"title": pool.title, "questions": 0, "due": due})
    return 0


def _changed(bank: Bank, plan: Plan, standings: Standings) -> frozenset[Key]:
    """The tasks whose answer is another than when they were last asked."""
    key_of = _keys(bank, plan)
    known = {task.key: standings.get(task.key) for task in plan.tasks}
    return frozenset(
        key for key, one in known.items() if one and one.key and one.key != key_of(key)
    )


def _outlook(bank: Bank, progress: Progress | None) -> Outlook | None:
    """What is due next, of all that may be practised; None where no record is kept."""
    if progress is None:
        return None
    try:
        learned = _learned(bank, progress)
    except ProgressError:
        return None
    return outlook_of(Pool(title="", items=practice(bank)), learned, time.time())


def _keys(bank: Bank, plan: Plan) -> Callable[[Key], str]:
    """The digest of a task's key as the bank has it now."""
    items = {item.id: item for item in bank.items}
    tasks = {task.key: task for task in plan.tasks}
    return lambda key: key_digest(items[key[0]], tasks[key])


def _percent(text: str) -> float:
    try:
        percent = float(text.removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise ArgumentTypeError(f'"{text}" is not a percentage from 0 to 100')
    return percent


def _nothing(bank: Bank, opening: _Opening, *, is_empty: bool) -> str:
    """Why there is nothing to be asked."""
    title = opening.title
    if is_empty:
        return "There are no questions yet: write some in questions/, then start the quiz again."
    if opening.kept:
        return (
            f'Nothing is left of "{title}": the bank no longer has what it asked. '
            "Start another session with: quizgen quiz"
        )
    if title != bank.title:
        return f'There is nothing to be asked: every question of "{title}" is kept for exams.'
    return "There is nothing to be asked: every question is a draft, retired or kept for exams."


# --- The disk, and the end -----------------------------------------------------------------------


def _progress(path: Path, bank: Bank, screen: Screen) -> Progress | None:
    try:
        progress = Progress.open(path)
        progress.adopt(bank.name, schedule_for(bank, progress.habits()))
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


def _close(bank: Bank, ending: Ending, screen: Screen, *, as_json: bool) -> None:
    summary = ending.summary
    try:
        if ending.interrupted:
            screen.console.write()
            screen.tell(_stopped(ending))
        elif ending.exam:
            seconds = summary.seconds
            from quizgen.study.exam_review import review_exam

            review_exam(screen, bank, ending.exam, title=summary.title, seconds=seconds)
            screen.console.write()
            for label, words in closing_words(summary):
                screen.tell(f"{label}: {words}.")
        else:
            screen.close(summary)
    except OSError:
        # The window is gone; the answers are not.
        return
    if as_json:
        exam = {"exam": ending.exam.as_json()} if ending.exam else {}
        print_json({**summary.as_json(), **exam})


def _stopped(ending: Ending) -> str:
    kept = ending.summary.kept
    if not kept.path:
        return "Stopped. Nothing was saved."
    if not ending.has_answers:
        return "Stopped before the first answer."
    which = "The answers given before the disk refused" if kept.lost else "Every answer given"
    return f"Stopped. {which} is saved. Go on with: quizgen quiz --resume"

"""The words of `quizgen quiz` to what is asked: the questions meant, and which of them today."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from quizgen.commands.project import Stop
from quizgen.commands.report import count_of, print_problems
from quizgen.core.select import draw, practice
from quizgen.model import LEVELS, Bank, Frozen, Item
from quizgen.study.choosing import Outlook, Standings, Wish, chosen, looked_ahead, new_today
from quizgen.study.memories import Habits
from quizgen.study.phrases import due_words
from quizgen.study.plan import arranged, questions_of
from quizgen.study.record import Plan
from quizgen.study.schedule import Schedule

_DAILY = 20
_A_MINUTE = 6
"""How many questions a minute are laid ready where only a time was asked for."""


class Pool(Frozen, frozen=True, kw_only=True):
    """The items that are meant, under a title. `is_whole` says that all are asked, as of a quiz;
    `incidental` are those that nobody asked for: details, which only a topic of theirs brings up.
    """

    title: str
    items: tuple[Item, ...]
    incidental: frozenset[str] = frozenset()
    is_whole: bool = False


class Learned(Frozen, frozen=True, kw_only=True):
    """What the record says of this bank; where none is kept, there is nothing."""

    standings: Standings
    habits: Habits
    schedule: Schedule
    is_kept: bool = True


def add_choice_options(parser: ArgumentParser) -> None:
    """What to ask: of which questions, which of them, and how many."""
    what = parser.add_argument_group("which questions")
    what.add_argument(
        "what",
        nargs="?",
        metavar="TOPIC or QUIZ",
        help="a topic or a declared quiz (default: the whole bank, new ones without incidental details)",
    )
    what.add_argument("--topic", action="append", default=[], metavar="TOPIC", help="of this topic")
    what.add_argument("--tag", action="append", default=[], metavar="TAG", help="with this tag")
    what.add_argument("--level", action="append", default=[], choices=LEVELS, help="of this level")
    which = parser.add_argument_group("which of them (default: what is due, then new ones)")
    which.add_argument("--due", action="store_true", help="what is due today")
    which.add_argument(
        "--new", type=_count, metavar="N", help="N new ones, whatever the daily limit"
    )
    which.add_argument(
        "--missed", action="store_true", help="what was missed when it was last asked"
    )
    which.add_argument("--all", action="store_true", help="everything, due or not")
    which.add_argument(
        "--cram", action="store_true", help="everything, and the schedule stays as it is"
    )
    how = parser.add_argument_group("how many")
    how.add_argument(
        "-n",
        "--number",
        type=_count,
        metavar="N",
        help="N questions at most (default: 20 a session, or all that was asked for)",
    )
    how.add_argument("--minutes", type=_minutes, metavar="M", help="end after M minutes")
    how.add_argument("-s", "--seed", type=int, help="repeat the same selection and order")


def has_choice(args: Namespace) -> bool:
    """Whether anything was chosen on the command line."""
    which = (args.due, args.new, args.missed, args.all, args.cram)
    what = (args.what, args.topic, args.tag, args.level, args.number)
    return any((*which, *what)) or args.seed is not None


# --- Which questions -----------------------------------------------------------------------------


def pool_of(bank: Bank, args: Namespace) -> Pool:
    """The items that the words mean. Raises Stop where a topic, tag or quiz is not there."""
    items = practice(bank)
    quiz = next((plan for plan in bank.quizzes if plan.id == args.what), None)
    topics = [_topic(bank, name) for name in args.topic]
    if args.what is not None and quiz is None:
        topics.append(_topic(bank, args.what))
    for tag in args.tag:
        if not any(tag in item.tags for item in items):
            known = "; ".join(dict.fromkeys(tag for item in items for tag in item.tags)) or "none"
            raise Stop(f'No question has the tag "{tag}". Tags: {known}.')
    title = ", ".join(topics) or bank.title
    if quiz is not None:
        drawn, problems = draw(bank, quiz)
        if drawn is None:
            print_problems(problems, sys.stderr)
            raise Stop(f'The quiz "{quiz.id}" cannot be drawn.', code=1)
        sections = (item for section in drawn.drawn() for item in section)
        items, title = tuple(item for item in sections if item.use != "exam"), quiz.title
    found = tuple(
        item
        for item in items
        if (not topics or item.topic in topics)
        and (not args.tag or not set(args.tag).isdisjoint(item.tags))
        and (not args.level or item.level in args.level)
    )
    if items and not found and (args.tag or args.level):
        raise Stop(
            "No question is all of this at once: leave out a tag, a level or a topic.", code=1
        )
    is_plain = not (quiz or topics or args.tag or args.level)
    details = frozenset(item.id for item in found if item.level == "detail")
    has_others = is_plain and len(details) < len(found)
    return Pool(
        title=title,
        items=found,
        incidental=details if has_others else frozenset(),
        is_whole=quiz is not None,
    )


def _topic(bank: Bank, name: str) -> str:
    topics = list(dict.fromkeys(item.topic for item in practice(bank) if item.topic))
    for topic in topics:
        if topic.casefold() == name.casefold():
            return topic
    quizzes = "; ".join(plan.id for plan in bank.quizzes) or "none"
    raise Stop(
        f'"{name}" is neither a topic nor a quiz. '
        f"Topics: {'; '.join(topics) or 'none'}. Quizzes: {quizzes}."
    )


# --- Which of them -------------------------------------------------------------------------------


def plan_for(
    bank: Bank, pool: Pool, args: Namespace, learned: Learned, *, seed: int, now: float
) -> Plan:
    """The session that is wished for; it asks nothing where nothing of the kind is there."""
    if not learned.is_kept and (args.due or args.missed):
        raise Stop("What is due or was missed stands in the record, which --no-save does not read.")
    wish = _wish(pool, args, learned, now)
    asks_details = args.due or args.missed or (not wish.everything and not args.new)
    questions = [
        tasks
        for item in pool.items
        for tasks in questions_of(item)
        if item.id not in pool.incidental
        or (asks_details and any(task.key in learned.standings for task in tasks))
    ]
    tiers = chosen(questions, learned.standings, wish, bank=bank.name, seed=seed, now=now)
    topics = {item.id: item.topic for item in pool.items}
    return arranged(bank.name, tiers, topics, seed=seed, cram=args.cram)


def _wish(pool: Pool, args: Namespace, learned: Learned, now: float) -> Wish:
    count = args.number
    if count is None and args.minutes:
        count = max(1, round(args.minutes * _A_MINUTE))
    if args.all or args.cram:
        return Wish(everything=True, count=count)
    if args.due or args.missed or args.new:
        return Wish(due=args.due, missed=args.missed, new=args.new or 0, count=count)
    if pool.is_whole:
        return Wish(everything=True, count=count)
    left = None
    if learned.is_kept:
        today = new_today(learned.standings, learned.schedule, now)
        left = max(learned.habits.new - today, 0)
    return Wish(due=True, new=left, count=_DAILY if count is None else count)


def why_nothing(pool: Pool, args: Namespace, learned: Learned, now: float) -> str:
    """Why nothing is asked of a pool that has questions, when the next is due, and what can be done."""
    ahead = outlook_of(pool, learned, now)
    later = f" Due next: {due_words(ahead)}." if ahead.next else ""
    known = {item for item, _ in learned.standings}
    fresh = sum(item.id not in known | pool.incidental for item in pool.items)
    if args.new and not (args.due or args.missed):
        return f"Nothing is new: every question was asked before.{later}"
    if args.missed and not args.due:
        return f"Nothing was missed when it was last asked.{later}"
    ways = ["--cram to practise all the same, --all to have it count"]
    if fresh:
        ways.insert(0, f"--new {min(fresh, 5)} for new ones ({fresh} left)")
    if any(one.rating == "again" for one in learned.standings.values()):
        ways.insert(0, "--missed for what was missed last")
    limit = count_of(learned.habits.new, "new question")
    done = "" if args.due or not fresh else f", and the {limit} of today are done"
    return f"Nothing is due now{done}.{later} Go on with {', '.join(ways)}."


def outlook_of(pool: Pool, learned: Learned, now: float) -> Outlook:
    """What is due of a pool now and next."""
    ids = {item.id for item in pool.items}
    return looked_ahead(learned.standings, ids, learned.schedule, now)


# --- Words ---------------------------------------------------------------------------------------


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f'"{text}" is not a number of questions, such as 5')
    return int(text)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= 1440:
        raise ArgumentTypeError(f'"{text}" is not a number of minutes, such as 10')
    return minutes

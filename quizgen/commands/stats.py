"""`quizgen stats`: what the record of answers says of habits, of memory and of single questions."""

import os
import shutil
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from quizgen.bank import Reading
from quizgen.commands.learner import schedule_for, state_file
from quizgen.commands.project import (
    Stop,
    add_project_option,
    find_project,
    read_project,
    write_files,
)
from quizgen.commands.report import counted, has_colour, print_json, print_problems
from quizgen.core.select import practice
from quizgen.model import Bank, Statistics
from quizgen.problem import has_errors
from quizgen.study.console import Console
from quizgen.study.progress_file import ProgressError
from quizgen.study.statistics import View, looked_back, without_record
from quizgen.study.tallies import Tallies

DESCRIPTION = """\
What your answers say: on which days you learned, what falls due, how much you remember against
what was foreseen, topic by topic, and which questions do not stick. Nothing is changed."""

EXAMPLES = """\
examples:
  quizgen stats                       the last 90 days
  quizgen stats --days 365            the last year
  quizgen stats --topic "Earth and sky"   one topic
  quizgen stats --html stats.html     the same as a page with charts
  quizgen stats --plain               plain sentences, for screen readers and pipes
  quizgen stats --json                everything, for a program"""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `stats`."""
    add_project_option(parser)
    parser.add_argument("--topic", metavar="TOPIC", help="of this topic alone")
    parser.add_argument(
        "--days", type=_days, default=90, metavar="N", help="of the last N days (default: 90)"
    )
    parser.add_argument(
        "--db",
        type=Path,
        metavar="FILE",
        help="where progress is saved (default: the user's state folder)",
    )
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write a page with charts, too, into this file"
    )
    parser.add_argument(
        "--plain", action="store_true", help="plain sentences: no signs, colours or indents"
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(args: Namespace) -> int:
    """Show the statistics; 0 also where there is nothing to show yet."""
    root = find_project(args.project)
    reading = read_project(root)
    bank = _bank(reading)
    topic = _topic(bank, args.topic)
    view = View(days=args.days, now=time.time(), topic=topic, ahead=-float(time.timezone))
    statistics = _statistics(args.db or state_file(), reading, bank, view)
    if args.html is not None:
        _write_page(args.html, root, statistics, bank.language)
    if args.json:
        from quizgen.study.stats_json import as_json

        print_json(as_json(statistics))
    else:
        _show(statistics, is_plain=args.plain)
    return 0


def _statistics(path: Path, reading: Reading, bank: Bank, view: View) -> Statistics:
    """What the file says; one that is not there says nothing, and is not made."""

    def place(item: str) -> str:
        where = reading.origin.items.get(item)
        return f"{where.file}:{where.line}" if where else ""

    if not path.exists():
        return without_record(bank, view)
    try:
        tallies = Tallies.open(path)
        try:
            tallies.adopt(bank.name, schedule_for(bank, tallies.habits()))
            return looked_back(tallies, bank, view, place)
        finally:
            tallies.close()
    except ProgressError as error:
        raise Stop(str(error), code=1) from error


def _write_page(path: Path, root: Path, statistics: Statistics, language: str) -> None:
    """The page, written where it was asked for."""
    from quizgen.outputs.stats import build
    from quizgen.outputs.template import TemplateFault, Templates

    try:
        built = build(statistics, Templates(root), language=language, name=path.name)
    except TemplateFault as fault:
        raise Stop(str(fault), code=1) from fault
    write_files(path.parent, built.files)
    print(f"Written: {path}", file=sys.stderr)


def _show(statistics: Statistics, *, is_plain: bool) -> None:
    output = sys.stdout
    if is_plain or not output.isatty() or os.environ.get("TERM") == "dumb":
        from quizgen.study.stats_plain import plain_lines

        for line in plain_lines(statistics):
            print(line)
        return
    from quizgen.study.stats_styled import Sight

    width = shutil.get_terminal_size((80, 24)).columns
    Sight(Console(None, output), width=width, has_colour=has_colour(output)).show(statistics)


def _bank(reading: Reading) -> Bank:
    if reading.bank is None or has_errors(reading.problems):
        print_problems(reading.problems, sys.stderr)
        raise Stop(f"{counted(reading.problems)}. Mend them, then look again.", code=1)
    return reading.bank


def _topic(bank: Bank, named: str | None) -> str:
    """The topic as the bank writes it; Stop names those that there are."""
    if named is None:
        return ""
    topics = list(dict.fromkeys(item.topic for item in practice(bank) if item.topic))
    for topic in topics:
        if topic.casefold() == named.casefold():
            return topic
    raise Stop(f'No question is of the topic "{named}". Topics: {"; ".join(topics) or "none"}.')


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 3660:
        raise ArgumentTypeError(f'"{text}" is not a number of days from 1 to 3660')
    return int(text)

"""`quizgen progress flags`: what learners called bad in a bank, for its author to mend."""

import time
from argparse import Namespace
from datetime import UTC, datetime

from quizgen.commands.project import Stop, find_project, read_project
from quizgen.study.progress import Progress


def list_flags(progress: Progress, args: Namespace) -> int:
    """Each flag with its place, day and words, in the order of the files; or drop one question's."""
    reading = read_project(find_project(args.project))
    if reading.bank is None:
        raise Stop("The bank cannot be read; quizgen check says why.", code=1)
    name, places = reading.bank.name, reading.origin.items
    flags = progress.flags(name)
    if args.drop is not None:
        dropped = [flag for flag in flags if flag.item == args.drop]
        if not dropped:
            raise Stop(f'No flag stands on a question "{args.drop}".', code=1)
        for flag in dropped:
            progress.drop_flag(name, flag, now=time.time())
        print(f"{args.drop} is off the list.")
        return 0
    if not flags:
        print("No question is flagged. In quizgen quiz, f flags the question just answered.")
    order = {item: number for number, item in enumerate(places)}
    for flag in sorted(flags, key=lambda one: (order.get(one.item, len(order)), one.at)):
        where = places.get(flag.item)
        place = f"{where.file}:{where.line}" if where else "no longer in the bank"
        day = datetime.fromtimestamp(flag.at, UTC).astimezone().date()
        part = f" ({flag.part})" if flag.part else ""
        print(f"{place}: {flag.item}{part}, {day}: {flag.note or 'no words'}")
    return 0

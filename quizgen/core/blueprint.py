"""The rows of a blueprint to the items that fill them.

Each row takes the items of the best rank. Rows compete fairly: an item goes to the row that could
not do without it (a maximum matching), so a wide row never starves a narrow one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec.structs import replace

from quizgen.core.stream import key
from quizgen.model import Bank, Frozen, Item, QuizPlan, Quota


class Row(Frozen, frozen=True, kw_only=True):
    """Places to fill, and the items that fit, best rank first.

    It is a row of a blueprint (`index` counts on through all sections), a topic's share of one that
    is spread, or those places of one that ask for one kind of item.
    """

    index: int
    count: int
    fitting: tuple[str, ...]
    topic: str | None = None


def quotas_of(plan: QuizPlan) -> tuple[Quota, ...]:
    """All rows of a quiz, section by section."""
    return tuple(quota for section in plan.all_sections for quota in section.blueprint)


def fits(item: Item, quota: Quota) -> bool:
    """Whether an item is of the kind that a row asks for; a detail only where one is asked for."""
    if item.level == "detail" and quota.level != "detail":
        return False
    return (
        quota.topic in ("", item.topic)
        and quota.level in ("", item.level)
        and quota.type in ("", item.__struct_config__.tag)
        and (not quota.tag or quota.tag in item.tags)
    )


def is_counted(quota: Quota) -> bool:
    """Whether a row asks for a count of questions."""
    return quota.points is None and not quota.items


def filled(
    bank: Bank, plan: QuizPlan, pool: Sequence[Item], anchors: frozenset[str]
) -> tuple[dict[str, Row], dict[int, int]]:
    """Items by the row that they fill, and how many each row found that asks for a count.

    The anchors have the first choice of places. A row that is spread takes from its topics what
    the other rows leave: where a topic cannot give its share, the others give more.
    """
    room: dict[tuple[int, str], int] = {}
    while True:
        rows = _rows(bank, plan, pool, anchors, room)
        held = matched([only(row, anchors) for row in rows]) if anchors else {}
        owner = matched(rows, held)
        got = [0] * len(rows)
        for number in owner.values():
            got[number] += 1
        lacking = {
            (row.index, row.topic): found
            for row, found in zip(rows, got, strict=True)
            if row.topic is not None and found < row.count
        }
        if not lacking:
            break
        room |= lacking
    found_in: dict[int, int] = {}
    for row, found in zip(rows, got, strict=True):
        found_in[row.index] = found_in.get(row.index, 0) + found
    return {name: rows[number] for name, number in owner.items()}, found_in


def mixed(items: Sequence[Item], plan: QuizPlan) -> list[Item]:
    """The items of a row so that many parallel forms can have their own, those of equal rank alike.

    First those that fit no other row; and at every length about as many of each level and worth as
    among all of them.
    """
    quotas = quotas_of(plan)
    strata: dict[tuple[str, Fraction], int] = Counter((i.level, i.points) for i in items)
    met: dict[tuple[str, Fraction], int] = Counter()

    def place(item: Item) -> tuple[int, Fraction]:
        stratum = (item.level, item.points)
        met[stratum] += 1
        rivals = sum(fits(item, quota) for quota in quotas if not quota.items)
        return rivals, Fraction(2 * met[stratum] - 1, 2 * strata[stratum])

    return sorted(items, key=place)


def only(row: Row, names: frozenset[str]) -> Row:
    """A row that takes none but these."""
    return replace(row, fitting=tuple(name for name in row.fitting if name in names))


def _rows(
    bank: Bank,
    plan: QuizPlan,
    pool: Sequence[Item],
    anchors: frozenset[str],
    room: Mapping[tuple[int, str], int],
) -> list[Row]:
    """The rows that ask for a count; `room` holds how many a topic can give to a spread row."""
    rows: list[Row] = []
    for index, quota in enumerate(quotas_of(plan)):
        if not is_counted(quota):
            continue
        fitting = [item for item in pool if fits(item, quota)]
        if plan.parallel:
            fitting = mixed(fitting, plan)
        if not quota.spread:
            names = tuple(item.id for item in fitting)
            rows.append(Row(index=index, count=quota.count, fitting=names))
            continue
        by_topic: dict[str, list[str]] = {}
        for item in fitting:
            by_topic.setdefault(item.topic, []).append(item.id)
        rooms = {topic: room.get((index, topic), len(names)) for topic, names in by_topic.items()}
        sought = {item.topic for item in fitting if item.id in anchors}
        shares = _spread(bank, plan, quota.count, rooms, sought)
        rows += [
            Row(index=index, count=shares[topic], fitting=tuple(names), topic=topic)
            for topic, names in by_topic.items()
        ]
    return rows


def _spread(
    bank: Bank, plan: QuizPlan, count: int, room: dict[str, int], sought: set[str]
) -> dict[str, int]:
    """A count shared evenly over the topics, none asked for more than it has room for.

    Where it cannot be even, those that are sought give one more.
    """
    shares = dict.fromkeys(room, 0)
    rank = {topic: key("select.topic", plan.seed, bank.name, plan.id, topic) for topic in room}
    turn = sorted(room, key=lambda topic: (topic not in sought, rank[topic]))
    left = count
    while left:
        open_topics = [topic for topic in turn if shares[topic] < room[topic]]
        if not open_topics:
            break
        for topic in open_topics[:left]:
            shares[topic] += 1
            left -= 1
    return shares


def matched(rows: Sequence[Row], held: Mapping[str, int] | None = None) -> dict[str, int]:
    """Items by the number of the row that takes them, each once: a maximum matching (Kuhn 1955).

    Items that are `held` by a row stay taken, though another row may come to hold them. Spread
    rows come last.
    """
    owner = dict(held or {})

    def find(number: int, seen: set[int]) -> bool:
        """Whether one more item was found for a row, where need be by moving others."""
        seen.add(number)
        fitting = rows[number].fitting
        for name in fitting:
            if name not in owner:
                owner[name] = number
                return True
        for name in fitting:
            if owner[name] not in seen and find(owner[name], seen):
                owner[name] = number
                return True
        return False

    def slack(number: int) -> tuple[bool, int]:
        row = rows[number]
        return row.topic is not None, len(row.fitting) - row.count

    got = [0] * len(rows)
    for number in owner.values():
        got[number] += 1
    for number in sorted(range(len(rows)), key=slack):
        while got[number] < rows[number].count and find(number, set()):
            got[number] += 1
    return owner


def worth(pool: Sequence[Item], points: Fraction) -> tuple[str, ...] | None:
    """Items worth exactly so many points together, those of the best ranks where there is a choice."""
    reached: dict[Fraction, tuple[str, ...]] = {Fraction(0): ()}
    for item in pool:
        for total, names in list(reached.items()):
            new = total + item.points
            if new <= points:
                reached.setdefault(new, (*names, item.id))
        if points in reached:
            break
    return reached.get(points)

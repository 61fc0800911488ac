"""A blueprint and a bank to the items of a quiz, or a shortage that names itself.

Each row's items are taken by the rank of a keyed hash, so that adding a question to the bank
changes a quiz as little as can be. Rows compete fairly: an item goes to the row that could not do
without it (a maximum matching), so a wide row never starves a narrow one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizgen.core.stream import key
from quizgen.model import Bank, Frozen, Item, Quiz, QuizPlan, Quota
from quizgen.problem import Problem


class _Row(Frozen, frozen=True, kw_only=True):
    """A row to fill, or a topic's share of one that is spread: the items that fit, best rank first.

    `index` is the row's place in the blueprint.
    """

    index: int
    count: int
    fitting: tuple[str, ...]
    topic: str | None = None


def practice(bank: Bank) -> tuple[Item, ...]:
    """What may be practised on cards, pages and terminal: no draft, none retired or for exams."""
    return tuple(i for i in bank.items if not (i.draft or i.retired or i.use == "exam"))


def examinable(bank: Bank) -> tuple[Item, ...]:
    """What may stand in a quiz: no draft, none retired or for practice alone."""
    return tuple(i for i in bank.items if not (i.draft or i.retired or i.use == "practice"))


def default_plan(bank: Bank) -> QuizPlan:
    """The quiz of a bank that declares none: twenty questions over the topics, in two forms.

    Incidental facts (level `detail`) are left out; a small bank gives what it has.
    """
    count = min(20, sum(item.level != "detail" for item in examinable(bank)))
    blueprint = (Quota(count=count, spread=True),) if count else ()
    return QuizPlan(id="quiz", title=bank.title, blueprint=blueprint)


def draw(bank: Bank, plan: QuizPlan) -> tuple[Quiz | None, tuple[Problem, ...]]:
    """The quiz of a plan, its quotas met exactly; or no quiz, and every row that falls short.

    No item twice, no draft. An item of level `detail` only where a row asks for that level or
    names it. Items stand in the order of the rows and, within a row, of the bank; those on one
    passage stand together where the first of them stands.
    """
    pool = {item.id: item for item in examinable(bank)}
    ranked = sorted(pool, key=lambda name: key("select", plan.seed, bank.name, plan.id, name))
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for index, quota in enumerate(plan.blueprint):
        for name in quota.items:
            if name in pool:
                taken.setdefault(name, index)
            else:
                problems.append(_not_there(bank, plan, name))
    free = [name for name in ranked if name not in taken]
    filled, short = _counted(bank, plan, [pool[name] for name in free])
    problems += short
    taken |= filled
    for index, quota in enumerate(plan.blueprint):
        if quota.points is not None:
            left = [pool[name] for name in free if name not in taken and _fits(pool[name], quota)]
            subset = _worth(left, quota.points)
            if subset is None:
                problems.append(_no_such_sum(plan, index, quota, left))
            else:
                taken |= dict.fromkeys(subset, index)
    if problems:
        return None, tuple(problems)
    quiz = _assemble(bank, plan, taken)
    wrong_total = _check_total(quiz)
    return (None, wrong_total) if wrong_total else (quiz, ())


# --- Rows that ask for a count -------------------------------------------------------------------


def _fits(item: Item, quota: Quota) -> bool:
    if item.level == "detail" and quota.level != "detail":
        return False
    return (
        quota.topic in ("", item.topic)
        and quota.level in ("", item.level)
        and quota.type in ("", item.__struct_config__.tag)
        and (not quota.tag or quota.tag in item.tags)
    )


def _counted(
    bank: Bank, plan: QuizPlan, pool: Sequence[Item]
) -> tuple[dict[str, int], list[Problem]]:
    """Items by the row they fill, and the rows that cannot be filled.

    A row that is spread takes from its topics what the other rows leave: where a topic cannot
    give its share, the others give more.
    """
    room: dict[tuple[int, str], int] = {}
    while True:
        rows = _rows(bank, plan, pool, room)
        owner, got = _match(rows)
        lacking = {
            (row.index, row.topic): found
            for row, found in zip(rows, got, strict=True)
            if row.topic is not None and found < row.count
        }
        if not lacking:
            break
        room |= lacking
    found_in = Counter(rows[number].index for number in owner.values())
    problems = [
        _short(plan, index, quota, found_in[index])
        for index, quota in enumerate(plan.blueprint)
        if _is_counted(quota) and found_in[index] < quota.count
    ]
    return {name: rows[number].index for name, number in owner.items()}, problems


def _is_counted(quota: Quota) -> bool:
    return quota.points is None and not quota.items


def _rows(
    bank: Bank, plan: QuizPlan, pool: Sequence[Item], room: Mapping[tuple[int, str], int]
) -> list[_Row]:
    """The rows that ask for a count; `room` holds how many a topic can give to a spread row."""
    rows: list[_Row] = []
    for index, quota in enumerate(plan.blueprint):
        if not _is_counted(quota):
            continue
        fitting = [item for item in pool if _fits(item, quota)]
        if not quota.spread:
            names = tuple(item.id for item in fitting)
            rows.append(_Row(index=index, count=quota.count, fitting=names))
            continue
        by_topic: dict[str, list[str]] = {}
        for item in fitting:
            by_topic.setdefault(item.topic, []).append(item.id)
        rooms = {topic: room.get((index, topic), len(names)) for topic, names in by_topic.items()}
        shares = _spread(bank, plan, quota.count, rooms)
        rows += [
            _Row(index=index, count=shares[topic], fitting=tuple(names), topic=topic)
            for topic, names in by_topic.items()
        ]
    return rows


def _spread(bank: Bank, plan: QuizPlan, count: int, room: dict[str, int]) -> dict[str, int]:
    """A count shared evenly over the topics, none asked for more than it has room for."""
    shares = dict.fromkeys(room, 0)
    turn = sorted(room, key=lambda topic: key("select.topic", plan.seed, bank.name, plan.id, topic))
    left = count
    while left:
        open_topics = [topic for topic in turn if shares[topic] < room[topic]]
        if not open_topics:
            break
        for topic in open_topics[:left]:
            shares[topic] += 1
            left -= 1
    return shares


def _match(rows: Sequence[_Row]) -> tuple[dict[str, int], list[int]]:
    """An item for every place of every row, each item once: a maximum matching (Kuhn 1955).

    Returns items by the number of their row, and how many each row got. Spread rows come last.
    """
    owner: dict[str, int] = {}

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
    for number in sorted(range(len(rows)), key=slack):
        while got[number] < rows[number].count and find(number, set()):
            got[number] += 1
    return owner, got


# --- Rows that ask for points --------------------------------------------------------------------


def _worth(pool: Sequence[Item], points: Fraction) -> tuple[str, ...] | None:
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


# --- The quiz ------------------------------------------------------------------------------------


def _assemble(bank: Bank, plan: QuizPlan, taken: dict[str, int]) -> Quiz:
    place = {item.id: index for index, item in enumerate(bank.items)}
    chosen = [item for item in bank.items if item.id in taken]
    chosen.sort(key=lambda item: (taken[item.id], place[item.id]))
    first_of: dict[str, int] = {}
    for index, item in enumerate(chosen):
        if item.passage:
            first_of.setdefault(item.passage, index)
    order = sorted(
        range(len(chosen)),
        key=lambda i: (first_of.get(chosen[i].passage, i), place[chosen[i].id], i),
    )
    items = tuple(chosen[index] for index in order)
    passages = tuple(passage for passage in bank.passages if passage.id in first_of)
    return Quiz(bank=bank.name, plan=plan, items=items, passages=passages)


def _check_total(quiz: Quiz) -> tuple[Problem, ...]:
    declared = quiz.plan.points
    if declared is None or declared == quiz.points:
        return ()
    return (
        Problem(
            code="total_differs",
            message=f'The quiz "{quiz.plan.id}" declares {declared} points, but what its blueprint draws is worth {quiz.points}.',
            fix="Change points, or ask for points instead of counts in a row of the blueprint.",
            field=f"quizzes.{quiz.plan.id}.points",
        ),
    )


def _row_name(quota: Quota) -> str:
    asked = {"topic": quota.topic, "tag": quota.tag, "level": quota.level, "type": quota.type}
    words = ", ".join(f"{name} {value}" for name, value in asked.items() if value)
    return words or "any question"


def _short(plan: QuizPlan, index: int, quota: Quota, found: int) -> Problem:
    return Problem(
        code="quota_short",
        message=f'The quiz "{plan.id}" asks for {quota.count} ({_row_name(quota)}) in row {index + 1} of its blueprint, but only {found} can be had.',
        fix=f"Lower the count to {found}, widen the row, or write more questions.",
        field=f"quizzes.{plan.id}.blueprint",
    )


def _no_such_sum(plan: QuizPlan, index: int, quota: Quota, pool: Sequence[Item]) -> Problem:
    there = sum((item.points for item in pool), Fraction(0))
    return Problem(
        code="quota_short",
        message=f'The quiz "{plan.id}" asks for {quota.points} points ({_row_name(quota)}) in row {index + 1} of its blueprint, which no choice of the questions left gives exactly; they are worth {there} in all.',
        fix="Change the points, widen the row, or write more questions.",
        field=f"quizzes.{plan.id}.blueprint",
    )


def _not_there(bank: Bank, plan: QuizPlan, name: str) -> Problem:
    item = next((item for item in bank.items if item.id == name), None)
    if item is None:
        why = "there is no such question"
    elif item.draft:
        why = "it is a draft"
    elif item.retired:
        why = "it is retired"
    else:
        why = "it is for practice only"
    return Problem(
        code="unknown_quiz_item",
        message=f'The quiz "{plan.id}" names the question "{name}", but {why}.',
        fix="Name another question, or take it out of the blueprint.",
        field=f"quizzes.{plan.id}.blueprint",
    )

"""A blueprint and a bank to the items of a quiz, or a shortage that names itself.

Each row's items are taken by the rank of a keyed hash, so that adding a question to the bank
changes a quiz as little as can be. Rows compete fairly: an item goes to the row that could not do
without it (a maximum matching), so a wide row never starves a narrow one.
"""

from collections.abc import Sequence
from fractions import Fraction

from quizgen.core.stream import key
from quizgen.model import Bank, Frozen, Item, Quiz, QuizPlan, Quota
from quizgen.problem import Problem


class _Row(Frozen, frozen=True, kw_only=True):
    """One row to fill: its place in the blueprint and the items that fit it, best rank first."""

    index: int
    count: int
    fitting: tuple[str, ...]


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
    rows, short = _counted_rows(bank, plan, [pool[name] for name in free])
    problems += short
    filled, short = _match(plan, rows)
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


def _counted_rows(
    bank: Bank, plan: QuizPlan, pool: Sequence[Item]
) -> tuple[list[_Row], list[Problem]]:
    rows: list[_Row] = []
    problems: list[Problem] = []
    for index, quota in enumerate(plan.blueprint):
        if quota.points is not None or not quota.count or quota.items:
            continue
        fitting = [item for item in pool if _fits(item, quota)]
        if quota.spread:
            by_topic: dict[str, list[str]] = {}
            for item in fitting:
                by_topic.setdefault(item.topic, []).append(item.id)
            shares = _spread(bank, plan, quota.count, {t: len(n) for t, n in by_topic.items()})
            rows += [
                _Row(index=index, count=shares[topic], fitting=tuple(names))
                for topic, names in by_topic.items()
            ]
            short = quota.count - sum(shares.values())
            if short > 0:
                problems.append(_short(plan, index, quota, quota.count - short))
        else:
            names = tuple(item.id for item in fitting)
            rows.append(_Row(index=index, count=quota.count, fitting=names))
    return rows, problems


def _spread(bank: Bank, plan: QuizPlan, count: int, room: dict[str, int]) -> dict[str, int]:
    """A count shared evenly over the topics, none asked for more than it has room for."""
    shares = dict.fromkeys(room, 0)
    turn = sorted(room, key=lambda topic: key("select.topic", plan.seed, bank.name, plan.id, topic))
    left = count
    while left:
        open_topics = [topic for topic in turn if shares[topic] < room[topic]]
        if not open_topics:
            break
        lowest = min(shares[topic] for topic in open_topics)
        for topic in [t for t in open_topics if shares[t] == lowest][:left]:
            shares[topic] += 1
            left -= 1
    return shares


def _match(plan: QuizPlan, rows: Sequence[_Row]) -> tuple[dict[str, int], list[Problem]]:
    """An item for every place of every row, each item once: a maximum matching (Kuhn 1955)."""
    owner: dict[str, int] = {}

    def find(number: int, seen: set[str]) -> bool:
        for name in rows[number].fitting:
            if name not in owner:
                owner[name] = number
                return True
        for name in rows[number].fitting:
            if name not in seen and owner[name] != number:
                seen.add(name)
                if find(owner[name], seen):
                    owner[name] = number
                    return True
        return False

    got = [0] * len(rows)
    for number in sorted(range(len(rows)), key=lambda n: len(rows[n].fitting) - rows[n].count):
        while got[number] < rows[number].count and find(number, set()):
            got[number] += 1
    problems = [
        _short(plan, row.index, plan.blueprint[row.index], got[number])
        for number, row in enumerate(rows)
        if got[number] < row.count
    ]
    return {name: rows[number].index for name, number in owner.items()}, problems


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

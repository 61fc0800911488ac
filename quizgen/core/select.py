"""A blueprint and a bank to the items of a quiz, or a shortage that names itself.

Each row's items are taken by the rank of a keyed hash, so that adding a question to the bank
changes a quiz as little as can be.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from quizgen.core.blueprint import Row, filled, fits, is_counted, mixed, quotas_of, worth
from quizgen.core.parallel import further_forms
from quizgen.core.stream import key
from quizgen.model import Bank, Draw, Item, Quiz, QuizPlan, Quota
from quizgen.problem import Problem


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

    No item twice in a form, no draft. An item of level `detail` only where a row asks for that
    level or names it. Items stand in the order of the rows and, within a row, of the bank; those on
    one passage stand together where the first of them stands in its section. Parallel forms that
    have to share questions are a warning.
    """
    pool = {item.id: item for item in examinable(bank)}
    ranked = sorted(pool, key=lambda name: key("select", plan.seed, bank.name, plan.id, name))
    named, problems = _named(bank, plan, pool)
    free = [pool[name] for name in ranked if name not in named]
    taken, short = _taken(bank, plan, free)
    problems += short
    if problems:
        return None, tuple(problems)
    fixed = {name: row for name, row in taken.items() if name in plan.anchors}
    forms = [{**named, **{name: row.index for name, row in taken.items()}}]
    if plan.parallel:
        drawn = {name: row for name, row in taken.items() if name not in fixed}
        loose = [item for item in free if item.id not in fixed]
        always = {**named, **{name: row.index for name, row in fixed.items()}}
        further = further_forms(plan, drawn, loose, plan.forms - 1)
        forms += [{**always, **form} for form in further]
    quiz = _assemble(bank, plan, forms)
    wrong_totals = _check_totals(quiz)
    if wrong_totals:
        return None, wrong_totals
    return quiz, _shared(plan, forms, fixed)


def _named(
    bank: Bank, plan: QuizPlan, pool: Mapping[str, Item]
) -> tuple[dict[str, int], list[Problem]]:
    """The items that rows name outright, each by its row, and those that cannot be had."""
    named: dict[str, int] = {}
    problems = []
    for index, quota in enumerate(quotas_of(plan)):
        for name in dict.fromkeys(quota.items):
            if name not in pool:
                problems.append(_not_there(bank, plan, name, _blueprint_of(plan, index)))
            elif named.setdefault(name, index) != index or quota.items.count(name) > 1:
                problems.append(_named_twice(plan, index, name))
    problems += [
        _not_there(bank, plan, name, f"quizzes.{plan.id}.anchors")
        for name in plan.anchors
        if name not in pool
    ]
    return named, problems


def _taken(
    bank: Bank, plan: QuizPlan, free: Sequence[Item]
) -> tuple[dict[str, Row], list[Problem]]:
    """The items of the rows that ask for counts or points, and what falls short."""
    anchors = frozenset(plan.anchors).intersection(item.id for item in free)
    taken, found = filled(bank, plan, free, anchors)
    problems = []
    for index, quota in enumerate(quotas_of(plan)):
        if is_counted(quota) and found.get(index, 0) < quota.count:
            problems.append(_short(plan, index, quota, found.get(index, 0)))
        if quota.points is None:
            continue
        left = [item for item in free if item.id not in taken and fits(item, quota)]
        if plan.parallel:
            left = mixed(left, plan)
        subset = _with_anchors(left, quota.points, anchors)
        if subset is None:
            problems.append(_no_such_sum(plan, index, quota, left))
        else:
            taken |= dict.fromkeys(subset, Row(index=index, count=len(subset), fitting=subset))
    lost = [name for name in plan.anchors if name in anchors and name not in taken]
    problems += [_no_place(plan, name) for name in lost]
    return taken, problems


def _with_anchors(
    pool: Sequence[Item], points: Fraction, anchors: frozenset[str]
) -> tuple[str, ...] | None:
    """Items worth exactly so many points, as many anchors among them as can be, in their order."""
    sought = [item for item in pool if item.id in anchors]
    others = [item for item in pool if item.id not in anchors]
    while sought:
        rest = points - sum((item.points for item in sought), Fraction(0))
        if rest >= 0 and (subset := worth(others, rest)) is not None:
            return (*(item.id for item in sought), *subset)
        others.append(sought.pop())
    return worth(others, points)


# --- The quiz ------------------------------------------------------------------------------------


def _assemble(bank: Bank, plan: QuizPlan, forms: Sequence[Mapping[str, int]]) -> Quiz:
    place = {item.id: index for index, item in enumerate(bank.items)}
    everywhere = set().union(*forms)
    by_id = {item.id: item for item in bank.items if item.id in everywhere}
    section_of = [
        number for number, section in enumerate(plan.all_sections) for _ in section.blueprint
    ]
    draws: list[Draw] = []
    for form in forms:
        parts: list[list[Item]] = [[] for _ in plan.all_sections]
        for name in sorted(form, key=lambda name: (form[name], place[name])):
            parts[section_of[form[name]]].append(by_id[name])
        draws.append(tuple(_grouped(part, place) for part in parts))
    names = dict.fromkeys(name for draw in draws for section in draw for name in section)
    items = tuple(by_id[name] for name in names)
    there = {item.passage for item in items}
    return Quiz(
        bank=bank.name,
        plan=plan,
        items=items,
        passages=tuple(passage for passage in bank.passages if passage.id in there),
        draws=tuple(draws) if plan.parallel or plan.sections else (),
    )


def _grouped(chosen: Sequence[Item], place: Mapping[str, int]) -> tuple[str, ...]:
    """The items in their order, those on one passage where the first of them stands."""
    first_of: dict[str, int] = {}
    for index, item in enumerate(chosen):
        if item.passage:
            first_of.setdefault(item.passage, index)
    order = sorted(
        range(len(chosen)),
        key=lambda i: (first_of.get(chosen[i].passage, i), place[chosen[i].id], i),
    )
    return tuple(chosen[index].id for index in order)


# --- What is wrong -------------------------------------------------------------------------------


def _check_totals(quiz: Quiz) -> tuple[Problem, ...]:
    plan, path = quiz.plan, f"quizzes.{quiz.plan.id}"
    declared = [(f'The quiz "{plan.id}"', plan.points, quiz.points, f"{path}.points")]
    for number, (section, items) in enumerate(
        zip(plan.all_sections, quiz.drawn(), strict=True) if plan.sections else ()
    ):
        points = sum((item.points for item in items), Fraction(0))
        who = f'The section "{section.title}" of the quiz "{plan.id}"'
        declared.append((who, section.points, points, f"{path}.sections.{number}.points"))
    return tuple(
        Problem(
            code="total_differs",
            message=f"{who} declares {said} points, but what its blueprint draws is worth {worth}.",
            fix="Change points, or ask for points instead of counts in a row of the blueprint.",
            field=field,
        )
        for who, said, worth, field in declared
        if said is not None and said != worth
    )


def _blueprint_of(plan: QuizPlan, index: int) -> str:
    """The field of the row number `index` of a quiz."""
    section, row = _row_at(plan, index)
    where = f"sections.{section}.blueprint" if plan.sections else "blueprint"
    return f"quizzes.{plan.id}.{where}.{row}"


def _row_at(plan: QuizPlan, index: int) -> tuple[int, int]:
    """The section, and the row in it, of the row number `index` of a quiz; all from 0."""
    for number, section in enumerate(plan.all_sections):
        if index < len(section.blueprint):
            return number, index
        index -= len(section.blueprint)
    raise IndexError(index)


def _row_said(plan: QuizPlan, index: int) -> str:
    section, row = _row_at(plan, index)
    if not plan.sections:
        return f"row {row + 1} of its blueprint"
    return f'row {row + 1} of its section "{plan.sections[section].title}"'


def _row_name(quota: Quota) -> str:
    asked = {"topic": quota.topic, "tag": quota.tag, "level": quota.level, "type": quota.type}
    words = ", ".join(f"{name} {value}" for name, value in asked.items() if value)
    return words or "any question"


def _short(plan: QuizPlan, index: int, quota: Quota, found: int) -> Problem:
    return Problem(
        code="quota_short",
        message=f'The quiz "{plan.id}" asks for {quota.count} ({_row_name(quota)}) in {_row_said(plan, index)}, but only {found} can be had.',
        fix=f"Lower the count to {found}, widen the row, or write more questions.",
        field=_blueprint_of(plan, index),
    )


def _no_such_sum(plan: QuizPlan, index: int, quota: Quota, pool: Sequence[Item]) -> Problem:
    there = sum((item.points for item in pool), Fraction(0))
    return Problem(
        code="quota_short",
        message=f'The quiz "{plan.id}" asks for {quota.points} points ({_row_name(quota)}) in {_row_said(plan, index)}, which no choice of the questions left gives exactly; they are worth {there} in all.',
        fix="Change the points, widen the row, or write more questions.",
        field=_blueprint_of(plan, index),
    )


def _no_place(plan: QuizPlan, name: str) -> Problem:
    return Problem(
        code="anchor_without_place",
        message=f'The quiz "{plan.id}" is to have the question "{name}" in every form, but no row of it has a place for that.',
        fix=f"Add a row that it fits, such as - {{items: [{name}]}}, or raise the count of one.",
        field=f"quizzes.{plan.id}.anchors",
    )


def _shared(
    plan: QuizPlan, forms: Sequence[Mapping[str, int]], fixed: Collection[str]
) -> tuple[Problem, ...]:
    """Rows whose questions are too few for every parallel form to have its own."""
    quotas = quotas_of(plan)
    times = Counter(
        (index, name)
        for form in forms
        for name, index in form.items()
        if name not in fixed and not quotas[index].items
    )
    shared = Counter(index for (index, _), count in times.items() if count > 1)
    return tuple(
        Problem(
            code="forms_share",
            message=f'The {len(forms)} forms of the quiz "{plan.id}" are parallel, but in {_row_said(plan, index)} ({_row_name(quotas[index])}) {"1 question stands" if count == 1 else f"{count} questions stand"} in more than one: there are too few that are alike in level and points.',
            fix="Write more such questions, ask for fewer forms, or take them for anchors: that forms share.",
            severity="warning",
            field=_blueprint_of(plan, index),
        )
        for index, count in sorted(shared.items())
    )


def _named_twice(plan: QuizPlan, index: int, name: str) -> Problem:
    return Problem(
        code="named_twice",
        message=f'The quiz "{plan.id}" names the question "{name}" twice, the second time in {_row_said(plan, index)}; a paper asks it once.',
        fix="Delete one of the two.",
        field=_blueprint_of(plan, index),
    )


def _not_there(bank: Bank, plan: QuizPlan, name: str, field: str) -> Problem:
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
        fix="Name another question, or take it out of the quiz.",
        field=field,
    )

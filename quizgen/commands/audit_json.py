"""An audit for programs; its names are stable and stand in docs/checking.md.

Shares are from 0 to 1; what is no whole number is rounded to six digits.
"""

from collections.abc import Callable

from quizgen.checks.audit import Audit, Finding, Ranks
from quizgen.checks.audit.contents import Contents
from quizgen.checks.audit.leaks import LEVEL
from quizgen.model import LEVELS
from quizgen.problem import Where

Place = Callable[[str], Where | None]
"""Where an item stands in its file, by its id."""


def as_json(audit: Audit, place: Place, *, drafts: int) -> dict[str, object]:
    """Everything that is known of a bank, in the order in which it is shown."""
    contents = audit.contents
    return {
        "bank": audit.name,
        "title": audit.title,
        "questions": contents.items,
        "drafts": drafts,
        "retired": contents.retired,
        "leaks": [one.strategy.code for one in audit.leaks],
        "alpha": LEVEL,
        "strategies": [_finding(one, place) for one in audit.findings],
        "keys": [_ranks(one) for one in audit.ranks],
        "statements": {"true": audit.statements.true, "false": audit.statements.false},
        "topics": [
            {"topic": row.topic or None, "levels": dict(zip(LEVELS, row.levels, strict=True))}
            for row in contents.topics
        ],
        "goals_without_questions": [
            {"topic": topic, "goal": goal} for topic, goal in contents.aimless
        ],
        "types": [
            {"type": row.type, "questions": row.items, "points": _rounded(float(row.points))}
            for row in contents.types
        ],
        "points": [
            {"points": _rounded(float(points)), "questions": count}
            for points, count in contents.points
        ],
        "sources": _sources(contents),
        "without": {
            "topic": _places(contents.without_topic, place),
            "explanation": _places(contents.without_explanation, place),
            "source": _places(contents.without_source, place),
            "level": _places(contents.without_level, place),
        },
    }


def _finding(one: Finding, place: Place) -> dict[str, object]:
    return {
        "strategy": one.strategy.code,
        "title": one.strategy.title,
        "verdict": one.verdict,
        "questions": one.items,
        "hits": one.hits,
        "hits_by_lot": _rounded(one.expected),
        "leaks_at": one.leaks_from,
        "p": _rounded(one.p),
        "p_adjusted": None if one.adjusted is None else _rounded(one.adjusted),
        "effect": _rounded(one.effect),
        "effect_low": _rounded(one.effect_low),
        "effect_high": _rounded(one.effect_high),
        "marks": _rounded(one.marks),
        "marks_by_lot": _rounded(one.blind),
        "fix": one.strategy.fix,
        "hit_questions": _places(one.mend, place),
    }


def _ranks(one: Ranks) -> dict[str, object]:
    return {
        "by": one.by,
        "options": one.options,
        "counts": list(one.counts),
        "tied": one.tied,
    }


def _sources(contents: Contents) -> list[dict[str, object]]:
    return [
        {
            "document": row.document,
            "questions": row.items,
            "paragraphs": row.paragraphs,
            "cited": [{"paragraph": n, "questions": count} for n, count in row.cited],
            "without_questions": None if row.paragraphs is None else list(row.bare),
        }
        for row in contents.documents
    ]


def _places(items: tuple[str, ...], place: Place) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for item in items:
        where = place(item)
        rows.append(
            {
                "item": item,
                "file": where.file if where else None,
                "line": where.line if where else None,
            }
        )
    return rows


def _rounded(number: float) -> float:
    return round(number, 6)

"""What a bank asks about: by topic and level, type and points, document and paragraph; and what lacks."""

from collections import Counter
from collections.abc import Collection, Mapping
from fractions import Fraction

from quizgen.checks.scope import in_use
from quizgen.model import LEVELS, TYPES, Bank, Frozen, Item, TypeName


class TopicRow(Frozen, frozen=True, kw_only=True):
    """How many items of a topic ("" for none) there are of each of `LEVELS`."""

    topic: str
    levels: tuple[int, ...]


class TypeRow(Frozen, frozen=True, kw_only=True):
    """How many items of a type there are, and what they are worth together."""

    type: TypeName
    items: int
    points: Fraction


class DocumentRow(Frozen, frozen=True, kw_only=True):
    """How many items rest on a document, and how many on each paragraph of it (from 1).

    `paragraphs` is how many the document has and `bare` those of them that no item cites; None and
    empty where that is not known.
    """

    document: str
    items: int
    cited: tuple[tuple[int, int], ...]
    paragraphs: int | None = None
    bare: tuple[int, ...] = ()


class Contents(Frozen, frozen=True, kw_only=True):
    """Of what the items in use are. `points` counts the items of each worth, the lowest first.

    `aimless` names the goals, by topic and id, that no item serves; the last four the items
    without a topic, an explanation, a source, and a level that somebody wrote.
    """

    items: int
    retired: int
    topics: tuple[TopicRow, ...]
    types: tuple[TypeRow, ...]
    points: tuple[tuple[Fraction, int], ...]
    documents: tuple[DocumentRow, ...]
    aimless: tuple[tuple[str, str], ...]
    without_topic: tuple[str, ...]
    without_explanation: tuple[str, ...]
    without_source: tuple[str, ...]
    without_level: tuple[str, ...]


def contents(bank: Bank, *, paragraphs: Mapping[str, int], unlevelled: Collection[str]) -> Contents:
    """What is asked; `paragraphs` counts those of each document at hand.

    `unlevelled` names the items for which no level was written, which the model cannot tell.
    """
    items = tuple(in_use(bank))
    points = Counter(item.points for item in items)
    return Contents(
        items=len(items),
        retired=sum(bool(item.retired) and not item.draft for item in bank.items),
        topics=_topics(bank, items),
        types=_types(items),
        points=tuple(sorted(points.items())),
        documents=_documents(bank, items, paragraphs),
        aimless=_aimless(bank, items),
        without_topic=tuple(item.id for item in items if not item.topic),
        without_explanation=tuple(item.id for item in items if not item.explain.strip()),
        without_source=tuple(item.id for item in items if item.source is None),
        without_level=tuple(item.id for item in items if item.id in unlevelled),
    )


def _topics(bank: Bank, items: tuple[Item, ...]) -> tuple[TopicRow, ...]:
    """The topics that the bank declares, then those that items name, then none."""
    counts = Counter((item.topic, item.level) for item in items)
    declared = [topic.name for topic in bank.topics]
    named = dict.fromkeys([*declared, *(item.topic for item in items if item.topic)])
    rows = [*named, *([""] if any(not item.topic for item in items) else [])]
    return tuple(
        TopicRow(topic=topic, levels=tuple(counts[topic, level] for level in LEVELS))
        for topic in rows
    )


def _types(items: tuple[Item, ...]) -> tuple[TypeRow, ...]:
    counts: Counter[object] = Counter()
    worth: dict[object, Fraction] = {}
    for item in items:
        tag = item.__struct_config__.tag
        counts[tag] += 1
        worth[tag] = worth.get(tag, Fraction(0)) + item.points
    return tuple(
        TypeRow(type=name, items=counts[name], points=worth[name]) for name in TYPES if counts[name]
    )


def _documents(
    bank: Bank, items: tuple[Item, ...], paragraphs: Mapping[str, int]
) -> tuple[DocumentRow, ...]:
    rows = []
    cited = [item.source for item in items if item.source is not None]
    for document in bank.documents:
        own = [source for source in cited if source.document == document.name]
        counts = Counter(n for source in own for n in source.paragraphs)
        known = paragraphs.get(document.name)
        rows.append(
            DocumentRow(
                document=document.name,
                items=len(own),
                cited=tuple(sorted(counts.items())),
                paragraphs=known,
                bare=tuple(n for n in range(1, (known or 0) + 1) if n not in counts),
            )
        )
    return tuple(rows)


def _aimless(bank: Bank, items: tuple[Item, ...]) -> tuple[tuple[str, str], ...]:
    served = {(item.topic, item.goal) for item in items}
    return tuple(
        (topic.name, goal.id)
        for topic in bank.topics
        for goal in topic.goals
        if (topic.name, goal.id) not in served
    )

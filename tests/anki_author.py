"""An author at work on a bank: one edit after another, and the way back to how it was."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, assert_never

from msgspec.structs import replace

from quizgen.model import (
    Bank,
    Card,
    Choice,
    Citation,
    Cloze,
    Correction,
    Criterion,
    Document,
    Entry,
    Frozen,
    Gap,
    Image,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    TrueFalse,
    TypeName,
)

What = Literal[
    "stem", "body", "said", "topic", "order", "add", "retire", "draft", "picture", "sound", "look"
]  # fmt: skip
WHATS: tuple[What, ...] = (
    "stem", "body", "said", "topic", "order", "add", "retire", "draft", "picture", "sound", "look",
)  # fmt: skip
THINGS = ("heron", "walnut", "quartz", "saddle", "mortar", "violin", "anchor")
TOPICS = ("", "Lakes", "Sky", "Sky::Planets", "Ponds and lakes")
LOOKS = ("", "red", "blue")
"""The colour that a project's own style sheet gives; the first has none."""


class Work(Frozen, frozen=True, kw_only=True):
    """What stands in an author's project: the bank, its media by path, and a look of its own."""

    bank: Bank
    media: Mapping[str, bytes]
    look: str = ""


class Edit(NamedTuple):
    """What to change and where; `kind` is the type for a new body, `n` makes the texts differ."""

    what: What
    place: int
    kind: TypeName
    n: int


def started() -> Work:
    """A project with an item of each type, some with a picture or a sound."""
    kinds: tuple[TypeName, ...] = (
        "choice", "true_false", "entry", "number", "cloze", "match", "order", "open", "card",
    )  # fmt: skip
    items = tuple(_made(kind, f"first-{kind}", n) for n, kind in enumerate(kinds))
    bank = Bank(
        name="editions",
        title="Editions",
        documents=(Document(name="reader", title="A reader"),),
        items=items,
    )
    return Work(bank=bank, media={})


def edited(work: Work, edit: Edit) -> Work:
    """The project after an edit; where the edit means nothing there, as it was."""
    items = list(work.bank.items)
    place = edit.place % len(items)
    item = items[place]
    if item.retired:
        return work
    match edit.what:
        case "stem":
            items[place] = _with_stem(item, f"Asked of {_thing(edit.n)} anew ({edit.n})?")
        case "body":
            items[place] = _with_body(
                item, "cloze" if isinstance(item, Cloze) else edit.kind, edit.n
            )
        case "said":
            items[place] = _with_more_said(item, edit.n)
        case "topic":
            items[place] = replace(item, topic=TOPICS[edit.n % len(TOPICS)])
        case "order":
            items.insert(edit.n % len(items), items.pop(place))
        case "add":
            items.insert(place, _made(edit.kind, f"new-{len(items)}", edit.n))
        case "retire":
            items[place] = replace(item, retired=f"Out of date ({edit.n}).")
        case "draft":
            items[place] = replace(item, draft=not item.draft)
        case "picture" | "sound":
            return _with_file(work, place, edit)
        case "look":
            return replace(work, look=LOOKS[edit.n % len(LOOKS)])
        case _:
            assert_never(edit.what)
    return replace(work, bank=replace(work.bank, items=tuple(items)))


def undone(work: Work, earlier: Work) -> Work:
    """The project as it was earlier, but for what an author may not undo: new and retired items."""
    before = {item.id: item for item in earlier.bank.items}
    items = (item if item.retired else before.get(item.id, item) for item in work.bank.items)
    bank = replace(work.bank, items=tuple(items))
    return Work(bank=bank, media={**work.media, **earlier.media}, look=earlier.look)


def stem_of(item: Item) -> str:
    """What an item asks: the text that an edit of its stem changes."""
    match item:
        case Choice() | Entry() | Number() | Match() | Order() | Open():
            return item.stem
        case TrueFalse():
            return item.statement
        case Card():
            return item.front
        case Cloze():
            return str(item.parts[0])
        case _:
            assert_never(item)


def _with_stem(item: Item, text: str) -> Item:
    match item:
        case Choice() | Entry() | Number() | Match() | Order() | Open():
            return replace(item, stem=text)
        case TrueFalse():
            return replace(item, statement=text)
        case Card():
            return replace(item, front=text)
        case Cloze():
            return replace(item, parts=(f"{text} ", *item.parts[1:]))
        case _:
            assert_never(item)


def _with_body(item: Item, kind: TypeName, n: int) -> Item:
    """The item as one of this type with other answers; what any type may say stays."""
    return replace(
        _with_stem(_made(kind, item.id, n), stem_of(item).strip()),
        topic=item.topic,
        tags=item.tags,
        level=item.level,
        points=item.points,
        explain=item.explain,
        hint=item.hint,
        image=item.image,
        audio=item.audio,
        source=item.source,
        claim=item.claim,
        corrected=item.corrected,
    )


def _with_more_said(item: Item, n: int) -> Item:
    """The item with one of the things that any type may say, changed or taken away."""
    text = f"About {_thing(n)}." if n % 2 else ""
    match n % 9:
        case 0:
            return replace(item, explain=text)
        case 1:
            return replace(item, hint=text)
        case 2:
            return replace(item, level="apply" if n % 2 else "recall")
        case 3:
            return replace(item, points=Fraction(1 + n % 4, 2))
        case 4:
            return replace(item, tags=(_thing(n),) if n % 2 else ())
        case 5:
            return replace(item, claim=not item.claim)
        case 6:
            return replace(item, source=Citation(document="reader", paragraphs=(1 + n % 5,)))
        case 7:
            return replace(item, source=None)
        case _:
            return replace(
                item, corrected=Correction(date=f"2026-01-{1 + n % 9:02}", text="Put right.")
            )


def _with_file(work: Work, place: int, edit: Edit) -> Work:
    """The project with a file that has other bytes, and an item that shows or plays it."""
    items = list(work.bank.items)
    path = f"media/{edit.n % 2}.{'png' if edit.what == 'picture' else 'mp3'}"
    if edit.what == "sound":
        items[place] = replace(items[place], audio=path)
    else:
        items[place] = replace(items[place], image=Image(file=path, alt="A shape"))
    media = {**work.media, path: b"file %d" % (edit.n % 3)}
    return replace(work, bank=replace(work.bank, items=tuple(items)), media=media)


def _thing(n: int) -> str:
    return THINGS[n % len(THINGS)]


def _options(n: int) -> tuple[Option, ...]:
    return tuple(Option(id=text, text=text) for text in map(_thing, range(n, n + 3 + n % 2)))


def _made(kind: TypeName, name: str, n: int) -> Item:
    """An item of this type; another `n` has other answers."""
    stem, options = f"Asked of {_thing(n)}?", _options(n)
    match kind:
        case "choice":
            keys = tuple(option.id for option in options[: 1 + n % 2])
            return Choice(id=name, stem=stem, options=options, keys=keys, multiple=n % 2 == 1)
        case "true_false":
            return TrueFalse(id=name, statement=stem, answer=n % 2 == 0)
        case "entry":
            return Entry(id=name, stem=stem, accept=(_thing(n), _thing(n + 1)))
        case "number":
            return Number(id=name, stem=stem, value=Fraction(n), text=str(n))
        case "cloze":
            gaps = tuple(Gap(number=place, accept=(_thing(n),)) for place in range(1, 2 + n % 3))
            return Cloze(id=name, parts=(f"{stem} ", *gaps))
        case "match":
            pair = Pair(left=options[0], right=options[1])
            return Match(id=name, stem=stem, pairs=(pair,), extra=options[2:])
        case "order":
            return Order(id=name, stem=stem, sequence=options)
        case "open":
            rubric = (Criterion(text=_thing(n)),)
            return Open(id=name, stem=stem, model=_thing(n), rubric=rubric)
        case "card":
            return Card(id=name, front=stem, back=_thing(n), reverse=n % 2 == 0)
        case _:
            assert_never(kind)

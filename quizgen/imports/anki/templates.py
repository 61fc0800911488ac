"""What a card shows: the two sides of its template as blocks of words and fields.

A block is what stands between two line ends of a side. One of fields alone is parted into a block
for each; one with words of the template is kept whole, since the words say what is asked. Which
conditions hold is a matter of the note, so that its sides are too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple

from quizgen.imports.anki.collection import Note, Template
from quizgen.imports.html import BLOCKS, tree, visible
from quizgen.model import Frozen

SPECIAL = frozenset(("Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"))
_TOKEN = re.compile(r"\{\{\s*([#^/]?)\s*([^{}]{0,400}?)\s*\}\}")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ACTING = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>")
_HIDDEN = re.compile(r"(?is)<script\b.*?</script\s*>|<[a-z][^<>]*>")
_SPOKEN = re.compile(r"\[anki:tts\b[^\]]*\].*?\[/anki:tts\]", re.DOTALL)
_EDGE = re.compile(
    rf"(?i)</?(?:{'|'.join(sorted(BLOCKS - {'td', 'th'}))}|br|hr|html|body)(?=[\s/>])[^<>]*>"
)
_CELL = re.compile(r"(?i)</?t[dh](?=[\s/>])[^<>]*>")
_SHOWS = re.compile(r"(?i)<(?:img|audio|video|svg|object|iframe)\b|\[sound:")
_BLANK = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*")
"""What Anki takes for an empty field."""
_LABEL = re.compile(
    r"(?i)(?:question|answer|front|back|hint|tags|deck|subdeck|card|type|q|a)\s*[:.]?|[:.|–-]"
)
"""Words of templates that only name a side or what follows."""
_READING = re.compile(r" ?([^ >]+?)\[(?!sound:)([^\[\]]+?)\]")
_GAP = re.compile(r"c\d{1,9}")
_FIRST_SIGN = 0x100000
_SIGNS = re.compile("[\U00100000-\U0010fffd]")
_TOKENS = 20_000
"""Fields of one side that are looked at."""


class Shown(Frozen, frozen=True):
    """A field in a template, with its filters from the outermost."""

    name: str
    filters: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """How a field is asked for where its text is not simply shown."""
        if any(one.startswith("tts") for one in self.filters):
            return "speech"
        return next((kind for kind in ("cloze", "type", "hint") if kind in self.filters), "")


class Block(Frozen, frozen=True):
    """What stands in one line of a template: HTML and fields in turn."""

    parts: tuple[str | Shown, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields in it."""
        return tuple(one.name for one in self.parts if isinstance(one, Shown))

    @property
    def words(self) -> str:
        """The words of the template in it."""
        return _words("".join(one for one in self.parts if isinstance(one, str)))

    @property
    def key(self) -> str:
        """What is the same for blocks that show the same."""
        return _words(
            "".join(one if isinstance(one, str) else f"{{{one.name}}}" for one in self.parts)
        )

    def html(self, fields: Mapping[str, str]) -> str:
        """The block with what the fields say; empty where it says nothing."""
        said = [one if isinstance(one, str) else _filtered(one, fields) for one in self.parts]
        is_bare = not any(isinstance(one, str) for one in self.parts)
        return "".join(said) if is_bare or "".join(said).strip() else ""


class Sides(Frozen, frozen=True, kw_only=True):
    """What a card shows, in order: on its front, on its back alone, with gaps.

    `typed` and `hints` are names of fields; `lost` are the codes of what was left out.
    """

    front: tuple[Block, ...]
    back: tuple[Block, ...]
    cloze: tuple[Block, ...] = ()
    typed: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All that is shown in lines."""
        return (*self.front, *self.back, *self.cloze)

    @property
    def names(self) -> tuple[str, ...]:
        """All fields of the note that are shown."""
        return (*(name for one in self.blocks for name in one.names), *self.typed, *self.hints)


def is_field(part: str | Shown) -> bool:
    """Whether a part of a block is a field of the note."""
    return isinstance(part, Shown) and part.name not in SPECIAL


def field(name: str) -> Block:
    """The block that shows a field and nothing else."""
    return Block((Shown(name),))


def values(note: Note, template: Template) -> dict[str, str]:
    """What stands for each name in a template: the fields, and what Anki says of the card."""
    names = note.type.fields
    return {
        "Tags": " ".join(note.tags),
        "Type": note.type.name,
        "Deck": note.deck,
        "Subdeck": note.deck.rpartition("::")[2],
        "Card": template.name,
        **dict(zip(names, (*note.fields, *[""] * len(names)), strict=False)),
    }


def sides(template: Template, fields: Mapping[str, str], *, has_words: bool = True) -> Sides:
    """What a template shows of these `values`; without its own words where it is not to have them."""
    front, back = (
        _Side(html, fields, has_words=has_words) for html in (template.front, template.back)
    )
    asked = [block for block in front.blocks if not _is_bare(block, front.typed)]
    gaps = tuple(front.cloze.values())
    known = {name for block in (*asked, *gaps) for name in block.names}
    known.update(front.typed, back.typed, front.hints, back.hints)
    seen = {block.key for block in (*front.blocks, *gaps)}
    answered = [
        block
        for block in (*back.blocks, *back.cloze.values())
        if block.key not in seen and not _is_bare(block, known)
    ]
    shown = {name for block in asked for name in block.names}
    typed = dict.fromkeys((*front.typed, *back.typed))
    return Sides(
        front=tuple(asked),
        back=tuple(answered),
        cloze=gaps,
        typed=tuple(typed),
        hints=tuple(
            name for name in dict.fromkeys((*front.hints, *back.hints)) if name not in shown
        ),
        lost=frozenset(front.lost | back.lost),
    )


def conditions(template: Template) -> frozenset[str]:
    """The names of fields that decide what a card shows, and whether there is one."""
    return frozenset(name for mark, name in _TOKEN.findall(template.front + template.back) if mark)


def _is_bare(block: Block, names: Iterable[str]) -> bool:
    """Whether a block is nothing but one of these fields."""
    return all(not isinstance(one, str) and one.name in names for one in block.parts)


class _Side:
    """One side of a template for one note: its blocks, and what stands in none of them."""

    def __init__(self, html: str, fields: Mapping[str, str], *, has_words: bool) -> None:
        self._fields = fields
        self._has_words = has_words
        self.cloze: dict[str, Block] = {}
        self.typed: list[str] = []
        self.hints: list[str] = []
        self.lost: set[str] = set()
        if _SPOKEN.search(html):
            self.lost.add("speech")
        found: dict[str, Block] = {}
        filled = frozenset(name for name in fields if _is_filled(fields[name]))
        for line in _lines(html, frozenset(fields), filled):
            for block in self._blocks(line):
                found.setdefault(block.key, block)
        self.blocks = list(found.values())
        if not (self.blocks or self.cloze or self.typed):
            # A script may write what the side shows; then these are the fields that it has.
            hidden = "".join(found[0] for found in _HIDDEN.finditer(html))
            tokens = (one for one in _tokens(hidden)[1] if not one.mark)
            names = (one.name.rpartition(":")[2].strip() for one in tokens)
            its = dict.fromkeys(name for name in names if name in fields and name not in SPECIAL)
            self.blocks = list(map(field, its))

    def _blocks(self, line: tuple[str | Shown, ...]) -> Iterator[Block]:
        """A line of the template as its blocks."""
        kept: list[str | Shown] = []
        for one in line:
            if isinstance(one, Shown):
                match one.kind:
                    case "type":
                        self.typed.append(one.name)
                        continue
                    case "hint":
                        self.hints.append(one.name)
                        continue
                    case "speech":
                        if self._fields[one.name]:
                            self.lost.add("speech")
                        continue
                if {"furigana", "kana", "kanji"} & {*one.filters} and "[" in self._fields[one.name]:
                    self.lost.add("ruby")
            kept.append(one)
        block = self._unlabelled(kept)
        is_told = self._has_words and _tells(block)
        if not is_told:
            self.lost |= {"template_words"} if _tells(block) else set()
            block = Block(tuple(one for one in block.parts if is_field(one)))
        block = Block(tuple(self._said(one) for one in block.parts))
        if any(isinstance(one, Shown) and one.kind == "cloze" for one in block.parts):
            self.cloze.setdefault(block.key, block)
        elif is_told:
            yield block
        else:
            yield from (Block((one,)) for one in block.parts)

    def _said(self, part: str | Shown) -> str | Shown:
        """What Anki itself says of a card is a word like others."""
        if isinstance(part, Shown) and part.name in SPECIAL:
            return escape(self._fields[part.name])
        return part

    def _unlabelled(self, parts: list[str | Shown]) -> Block:
        """The parts without a word that only names what follows it, or what is not there."""
        block = Block(tuple(parts))
        first = next((n for n, one in enumerate(parts) if isinstance(one, Shown)), len(parts))
        before = _words("".join(one for one in parts[:first] if isinstance(one, str)))
        names = [one.name for one in parts if isinstance(one, Shown)]
        is_idle = bool(names) and not any(_is_filled(self._fields[name]) for name in names)
        if is_idle and block.words.endswith(":") and not _shows(block):
            self.lost.add("label")
            return Block(tuple(one for one in parts if isinstance(one, Shown)))
        if before and _LABEL.fullmatch(before):
            self.lost.add("label")
            block = Block(tuple(parts[first:]))
        return block


def _tells(block: Block) -> bool:
    """Whether a block has words or pictures of the template's own."""
    return bool(block.words) or _shows(block)


def _shows(block: Block) -> bool:
    return any(isinstance(one, str) and _SHOWS.search(one) for one in block.parts)


@lru_cache(maxsize=10_000)
def _words(html: str) -> str:
    return visible(tree(html)) if html.strip() else ""


def _is_filled(html: str) -> bool:
    return not _BLANK.fullmatch(html)


# --- A side to its lines -------------------------------------------------------------------------


class _Token(NamedTuple):
    mark: str
    name: str


@lru_cache(maxsize=200)
def _tokens(html: str) -> tuple[tuple[str, ...], tuple[_Token, ...]]:
    """The HTML between the braces, and what stands in them: one less."""
    pieces = _TOKEN.split(html, _TOKENS)
    tokens = map(_Token, pieces[1::3], pieces[2::3])
    return tuple(pieces[::3]), tuple(tokens)


@lru_cache(maxsize=200)
def _said(html: str) -> str:
    """A side without what acts, is read aloud, or is a remark of its maker."""
    return _SIGNS.sub("", _SPOKEN.sub("", _ACTING.sub("", _COMMENT.sub("", html))))


@lru_cache(maxsize=1_000)
def _lines(
    html: str, names: frozenset[str], filled: frozenset[str]
) -> tuple[tuple[str | Shown, ...], ...]:
    """The lines of a side that knows these fields, where so many of them are filled."""
    texts, tokens = _tokens(_said(html))
    out = [texts[0]]
    shown: list[Shown] = []
    open_ones: list[bool] = []  # whether each condition holds that is open
    for text, (mark, written) in zip(texts[1:], tokens, strict=True):
        *filters, name = (part.strip() for part in written.split(":"))
        match mark:
            case "#" | "^":
                is_true = name in filled or _GAP.fullmatch(name) is not None
                open_ones.append(is_true == (mark == "#"))
            case "/":
                del open_ones[-1:]
            case _ if name in names and all(open_ones):
                out.append(chr(_FIRST_SIGN + len(shown)))
                shown.append(Shown(name, tuple(filters)))
            case _:
                pass
        if all(open_ones):
            out.append(text)
    lines = _EDGE.split(_CELL.sub(" ", "".join(out)))
    return tuple(found for line in lines if (found := tuple(_parted(line.strip(), shown))))


def _parted(line: str, shown: list[Shown]) -> Iterator[str | Shown]:
    """The HTML of a line and the fields in it, in turn."""
    at = 0
    for found in _SIGNS.finditer(line):
        if at < found.start():
            yield line[at : found.start()]
        yield shown[ord(found[0]) - _FIRST_SIGN]
        at = found.end()
    if at < len(line):
        yield line[at:]


def _filtered(one: Shown, fields: Mapping[str, str]) -> str:
    """What a field shows through its filters; those that are not Anki's own do nothing."""
    html = fields.get(one.name, "")
    for name in reversed(one.filters):
        match name:
            case "text":
                html = escape(visible(tree(html)))
            case "furigana":
                html = _READING.sub(r"\1(\2)", html)
            case "kanji":
                html = _READING.sub(r"\1", html)
            case "kana":
                html = _READING.sub(r"\2", html)
            case _:
                pass
    return html

"""What the deck of a bank says above its cards, back to the settings of the bank."""

import re
from collections.abc import Mapping
from html import unescape

from msgspec.structs import replace

from quizgen.imports.anki.collection import Collection
from quizgen.imports.html import tree, visible
from quizgen.imports.phrases import literal
from quizgen.markup import to_text
from quizgen.model import Bank, Document

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_ROW = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_TITLE = re.compile(r"<b>(.*)</b>", re.DOTALL)


def with_description(
    bank: Bank, collection: Collection, words: Mapping[str, str], *, fallback: str
) -> Bank:
    """The bank with what its topmost deck says of it: title, about, licence, documents and more."""
    for deck, html in collection.decks.items():
        paragraphs = _PARAGRAPH.findall(html)
        title = _TITLE.fullmatch(paragraphs[0]) if paragraphs else None
        if title and any(deck == _above(note.deck, deck) for note in collection.notes):
            return _described(
                bank, deck, _text(title[1]), paragraphs[1:], _ROW.findall(html), words
            )
    roots = {note.deck.partition("::")[0] for note in collection.notes} - {""}
    return replace(bank, title=_markdown(roots.pop()) if len(roots) == 1 else fallback)


def _above(deck: str, root: str) -> str:
    """The root, where the deck is it or lies below it."""
    return root if deck == root or deck.startswith(f"{root}::") else ""


def _described(
    bank: Bank,
    deck: str,
    title: str,
    paragraphs: list[str],
    rows: list[str],
    words: Mapping[str, str],
) -> Bank:
    texts = [_text(html) for html in paragraphs]
    said: dict[str, str] = {}
    for name in ("edition", "licence", "report"):
        start = f"{words.get(name, name)}: "
        said[name] = next((t.removeprefix(start) for t in texts if t.startswith(start)), "")
    labels = tuple(f"{words.get(name, name)}:" for name in (*said, "sources"))
    about = texts[0] if len(texts) > 1 and not texts[0].startswith(labels) else ""
    return replace(
        bank,
        title=_markdown(title),
        about=_markdown(about),
        deck="" if deck == title else deck,
        documents=tuple(_documents(list(bank.documents), [_text(row) for row in rows])),
        **{name: _markdown(text) if name != "report" else text for name, text in said.items()},
    )


def _documents(cited: list[Document], rows: list[str]) -> list[Document]:
    """The documents in the order of the rows, each with the author and date that its row says."""
    found: list[Document] = []
    for row in rows:
        of_row = next((one for one in cited if to_text(one.title) in row), None)
        if of_row is None:
            continue
        cited.remove(of_row)
        author, _, date = row.partition(to_text(of_row.title))
        author, date = author.removesuffix(", "), date.removeprefix(", ")
        found.append(replace(of_row, author=_markdown(author), date=_markdown(date)))
    return found + cited


def _text(html: str) -> str:
    return visible(tree(html)) if "<" in html else " ".join(unescape(html).split())


def _markdown(text: str) -> str:
    return literal(text, lambda one: " ".join(to_text(one).split()))

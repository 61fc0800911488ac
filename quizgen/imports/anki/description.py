"""What the deck of a bank says above its cards, back to the settings of the bank."""

import re
from html import unescape
from typing import Any

from msgspec.structs import replace

from quizgen.bank.names import name_from
from quizgen.imports.anki.collection import Collection
from quizgen.imports.anki.ourfields import OurFields
from quizgen.imports.html import cleaned, tree, visible
from quizgen.imports.phrases import literal
from quizgen.imports.wrapping import wrapped
from quizgen.markup import to_text
from quizgen.model import Bank, Document

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_SOURCES = re.compile(r"</p><ul>(.*?)</ul>", re.DOTALL)
_ROW = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_TITLE = re.compile(r"<b>(.*)</b>", re.DOTALL)
_ADDRESS = re.compile(r'<a href="(https?://[^"]*)">')
_LABELLED = ("edition", "licence", "report")


def with_description(
    bank: Bank, collection: Collection, fields: OurFields, *, fallback: str
) -> Bank:
    """The bank with what its topmost deck says of it: title, about, licence, documents and more."""
    for deck, html in collection.decks.items():
        paragraphs = _PARAGRAPH.findall(html)
        title = _TITLE.fullmatch(paragraphs[0]) if paragraphs else None
        if title and any(deck == _above(note.deck, deck) for note in collection.notes):
            rows = _ROW.findall("".join(_SOURCES.findall(html)[:1]))
            said = _said([_text(one) for one in paragraphs[1:]], fields)
            name = _text(title[1])
            return replace(
                bank,
                title=_markdown(name),
                deck="" if deck == name else deck,
                documents=tuple(_documents(list(bank.documents), rows)),
                **said,
            )
    roots = {note.deck.partition("::")[0] for note in collection.notes} - {""}
    return replace(bank, title=_markdown(roots.pop()) if len(roots) == 1 else fallback)


def _above(deck: str, root: str) -> str:
    """The root, where the deck is it or lies below it."""
    return root if deck == root or deck.startswith(f"{root}::") else ""


def _said(texts: list[str], fields: OurFields) -> dict[str, Any]:
    """What the paragraphs below the title say, by the names of settings."""
    words = fields.words
    found: dict[str, Any] = {}
    for name in _LABELLED:
        label = words.get(name, name)
        text = next((text for text in texts if text.startswith(label)), "")
        text = text.removeprefix(label).removeprefix(":").strip()
        if text:
            found[name] = text if name == "report" else _markdown(text)
    labels = tuple(words.get(name, name) for name in (*_LABELLED, "sources", "import_again"))
    if texts and not texts[0].startswith(labels):
        found["about"] = wrapped(_markdown(texts[0]))
    sentences = map(fields.pattern("preset").fullmatch, texts)
    for percent in (re.search(r"[\d.,]+", one["retention"]) for one in sentences if one):
        number = fields.number(percent[0]) if percent else None
        found |= {"retention": number / 100} if number else {}
    return found


def _documents(cited: list[Document], rows: list[str]) -> list[Document]:
    """The documents in the order of the rows, each with the author and date that its row says."""
    found: list[Document] = []
    names = {document.name for document in cited}
    for html in rows:
        row = _text(html)
        of_row = next((one for one in cited if to_text(one.title) in row), None)
        if of_row is None:
            url = _ADDRESS.search(html)
            name = name_from((row,), names, "source")
            found.append(
                Document(
                    name=name, title=_markdown(row), url=cleaned(unescape(url[1])) if url else ""
                )
            )
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

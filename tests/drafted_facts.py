"""The labelled texts, and how many of the facts that an author wants are found in them."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from quizgen.documents import kind_of, parts
from quizgen.drafting.facts import find
from quizgen.drafting.protocol import Fact, Paragraph, Text

FOLDER = Path(__file__).parent / "data" / "drafted"
READ = ("news.txt", "entry.txt", "manual.md", "history.html")
UNSEEN = ("unseen/biology.md", "unseen/business.txt")
LATER = ("unseen/yeast.md", "unseen/storks.txt")
"""Labelled when a new author had shown what drafts of a laboratory sheet and a news piece were like."""
_FIGURE = re.compile(r"\d[\d,.]*\d|\d|^[\w-]+", re.UNICODE)
_FIGURES = ("number", "money", "share", "year", "decade", "century", "date")


def text_of(name: str) -> Text:
    """A labelled text as a drafter gets it."""
    document = (FOLDER / name).read_text(encoding="utf-8")
    found = parts(document, kind_of(name))
    return Text(
        document=Path(name).stem,
        paragraphs=tuple(
            Paragraph(number=number, text=part.text, role=part.role)
            for number, part in enumerate(found, start=1)
        ),
    )


class Held(NamedTuple):
    """What of a text was found, what of it was wanted, and what was missed or is too much."""

    right: Counter[str]
    found: Counter[str]
    wanted: Counter[str]
    missed: list[str]
    extra: list[str]


def held(name: str) -> Held:
    """The facts that are found in a text against its labels."""
    labels = [_label(line) for line in _lines(name)]
    facts = [fact for fact in find(text_of(name)) if isinstance(fact, Fact)]
    result = Held(Counter(), Counter(), Counter(kind for kind, _ in labels), [], [])
    left = list(labels)
    for fact in facts:
        result.found[fact.kind] += 1
        hit = next((label for label in left if _is(fact, label)), None)
        if hit is None and not any(_is(fact, label) for label in labels):
            result.extra.append(f"{fact.kind}: {fact.text} ({fact.paragraph})")
        elif hit is None:
            result.found[fact.kind] -= 1  # the same fact at another place
        else:
            left.remove(hit)
            result.right[fact.kind] += 1
    result.missed.extend(f"{kind}: {' | '.join(texts)}" for kind, texts in left)
    return result


def _lines(name: str) -> list[str]:
    labels = (FOLDER / name).with_suffix(".labels").read_text(encoding="utf-8")
    return [line for line in labels.splitlines() if line and not line.startswith("#")]


def _label(line: str) -> tuple[str, tuple[str, ...]]:
    kind, _, texts = line.partition(": ")
    kind = {"decade": "year", "century": "year"}.get(kind, kind)
    return kind, tuple(text.strip() for text in texts.split(" | "))


def _is(fact: Fact, label: tuple[str, tuple[str, ...]]) -> bool:
    kind, texts = label
    if fact.kind != kind and fact.kind not in texts:
        return False
    match fact.kind:
        case "acronym":
            return texts[0] == f"{fact.text} = {fact.meaning}"
        case "list" | "order":
            return sorted(texts[0].split(", ")) == sorted(fact.members)
        case "number" | "money" | "share":
            return _figure(fact.text) == _figure(texts[0])
        case _:
            return any(fact.text.casefold() == text.casefold() for text in texts)


def _figure(text: str) -> str:
    """The figure alone, of a range both; of what is spelt the first word."""
    found = [one.rstrip(".,") for one in re.findall(r"(?<![\w^])\d[\d,.]*", text)]
    return " to ".join(found) if found else re.split(r"[ ]", text.casefold())[0]

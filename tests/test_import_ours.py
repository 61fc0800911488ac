"""Decks of our own read back: the next deck adds no note, changes no guid and no note."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from msgspec import to_builtins
from msgspec.structs import replace

from quizgen.bank import load_media, read_bank
from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.bank.writing import cloze_text, settings_text
from quizgen.commands.returned import returned
from quizgen.core.select import practice
from quizgen.imports.anki import Package, Press, Target, banks_in, read
from quizgen.imports.files import question_files
from quizgen.imports.imported import Imported
from quizgen.markup import to_text
from quizgen.model import Bank, Card, Cloze, Document, Item, Match
from quizgen.outputs.anki import read_lock
from quizgen.outputs.anki.identity import guid
from quizgen.outputs.anki.texts import rich
from quizgen.outputs.template import Templates
from tests.anki_collections import deck_of, edition
from tests.anki_samples import BANK, MEDIA, MP3, PNG
from tests.strategies import anki_banks, written_banks

PRESS = Press(rich=rich, guid=guid, words=lambda language: Templates().words("anki", language))
ROOT = Path(__file__).resolve().parent.parent
RELEASES = ROOT / "tests" / "data" / "decks"


def imported(package: bytes, bank: Bank) -> Imported:
    return read(Package(io.BytesIO(package)), Target(bank.name, bank.title), PRESS)


def written(found: Imported, folder: Path) -> tuple[Bank, Mapping[str, bytes]]:
    """The bank and its media, read again from the files that an import writes."""
    files = {name: text.encode() for name, text in question_files(found.bank).items()}
    files |= {f"questions/{path}": data for path, data in found.media.items()}
    files["questions/bank.yaml"] = settings_text(found.bank).encode()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    reading = read_bank(folder)
    assert reading.bank is not None
    assert [str(problem) for problem in reading.problems] == []
    return reading.bank, load_media(folder, reading.bank)


def test_the_samples_come_back_to_the_byte(tmp_path: Path) -> None:
    """A card of each kind, with its passage, picture, sound, sources: the next deck is the same file."""
    first, lock = edition(BANK, media=MEDIA)
    bank, media = written(imported(deck_of(first), BANK), tmp_path)
    second, after = edition(bank, lock, now=2_000_000_000, media=media)
    assert deck_of(second) == deck_of(first)
    assert after == lock


def test_the_bank_of_this_repository_comes_back_to_the_byte(tmp_path: Path) -> None:
    """Its deck, read and built again with the same lock."""
    bank = read_bank(ROOT).bank
    assert bank is not None
    first, lock = edition(bank, media=load_media(ROOT, bank))
    again, media = written(imported(deck_of(first), bank), tmp_path)
    second, after = edition(again, lock, now=2_000_000_000, media=media)
    assert deck_of(second) == deck_of(first)
    assert after == lock


@pytest.mark.parametrize(
    "release", sorted(RELEASES.glob("*/*.apkg")), ids=lambda path: path.parent.name
)
def test_decks_of_each_release_come_back(release: Path, tmp_path: Path) -> None:
    """Each note of a deck as it was handed out; none is new, and only what later decks say else differs."""
    package = Package(io.BytesIO(release.read_bytes()))
    (name,) = banks_in(package.collection, PRESS)
    found = read(package, Target(name, name), PRESS)
    assert (found.own, found.remarks) == (found.notes, ())
    bank, media = written(found, tmp_path)
    changes, lock = returned(bank, media, package.collection.notes, tmp_path)
    ours = {"Data", "Words", "How"}  # what no author wrote
    assert {field for one in changes for field in one.fields} <= ours
    kept = read_lock((release.parent / "questions" / "anki.lock").read_text(encoding="utf-8"))[0]
    changed = {one.item for one in changes}
    for key, entry in lock.entries.items():
        assert entry.time == kept.entries[key].time
        assert entry.item in changed or entry.digest == kept.entries[key].digest


WRITTEN = (
    "A block:\n\n| minute | °C | x |\n|-------:|:---|:-:|\n|      0 | -8 | **b** |\n|      5 |  `a|b` \\| c | $x$ |\n\nWhat?",
    "1. one\n2. two\n   - deep\n   - er\n\n     para\n3. three",
    "- a\n\n- b\n\n  c",
    "> quote\n> more\n\n# Head *x*\n\n***\n\ntext  \nbroken\\\nagain",
    "```python\nif x < 1:\n\n    y = `z`\n```\n\n    indented\n    code",
    "$$\\frac{a}{b}$$",
    "text $$x^2$$ inline and $a<b$ & `$x$` and \\$5",
    '[link](https://example.org/a_(b) "Title") and <https://auto.link/x?y=1&z=2> and [ref]: no',
    "~~gone~~ **bold *both* bold** _em_ __strong__",
    "line one\nline two\nline three",
    "5. five\n6. six",
    "a * b * c _d_ 2*3*4 snake_case_name",
    "&copy; &amp; &nbsp;x&nbsp; © \xa0y",
    "\\(x\\) \\[y\\] [sound:x] [[type:a]] [latex]",
    "Trailing backslash \\\\",
    "* * *",
    "+ plus\n+ list",
    "| not | table",
    "a\n---\nb",
    "**b**c *d*e",
    "`` `tick` `` and ` a `",
    "<b>html</b> <!-- c -->",
    "$$\na\n\\\\\nb\n$$",
    "- [ ] task\n- x\n\n  ```\n  code\n  ```",
    "word\n\n- list\n  continued\n- b",
    "1) paren\n2) two",
    "![pic](x.png) text!",
    "\"quotes\" 'single' — dash…",
    "http://bare.example.org",
    "# C#",
    "x^2^ H~2~O",
    "Term\n: def",
    "a\n\n\n\nb",
    "-5 degrees",
    "1986\\. A year",
    "é́ 中文 ابحث",
    "$a$ $b$",
    "100$ and 200$",
    "$x$5",
    "**$x$**",
    "> - a\n> - b\n>\n> c",
    "| a |\n|---|\n| 1 |\n\nafter",
    "    code first\n\ntext",
)
"""Markdown of all kinds, as people write it and as they should not."""


def test_markdown_of_all_kinds_comes_back(tmp_path: Path) -> None:
    """Lists, tables, quotes, code, formulas, links, escapes: the cards show the same HTML."""
    items = tuple(
        Card(id=f"c{place}", front=text, back="back", explain=f"So:\n\n{text}")
        for place, text in enumerate(WRITTEN)
    )
    bank = replace(BANK, items=items)
    first, lock = edition(bank)
    again, media = written(imported(deck_of(first), bank), tmp_path)
    assert edition(again, lock, now=2_000_000_000, media=media)[1] == lock


def is_as_it_looks(item: Item) -> bool:
    """Whether each of its texts shows something, and its left sides all that they are written with.

    A text may be all markup; and a card of pairs is laid out by the length of their texts as they
    were written, which no deck tells.
    """
    lefts = [pair.left.text for pair in item.pairs] if isinstance(item, Match) else []
    return all(
        to_text(text).strip() for text in texts_in(to_builtins(item, enc_hook=str)) if text
    ) and all(" ".join(to_text(text).split()) == text for text in lefts)


def texts_in(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    match value:
        case str():
            yield value
        case dict():
            for one in (*value.keys(), *value.values()):
                yield from texts_in(one)
        case list() | tuple():
            for one in value:
                yield from texts_in(one)
        case _:
            pass


def could_be_written(item: Item) -> bool:
    """Whether an author's file can hold these texts: no sign that nobody sees, no brace that ends a gap."""
    if any(sign in repr(item) for sign in (r"\x00", r"\x1f")):
        return False
    try:
        return not isinstance(item, Cloze) or (
            cloze_parts(cloze_text(item.parts).rstrip()) == item.parts
        )
    except ClozeError:
        return False


@given(bank=anki_banks())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, bank: Bank) -> None:
    """Texts with all that means something to Anki: no note is new, and none has changed."""
    items = filter(is_as_it_looks, filter(could_be_written, bank.items))
    bank = replace(bank, items=tuple(items))
    assume(bank.items)
    first, lock = edition(bank)
    again, media = written(imported(deck_of(first), bank), tmp_path_factory.mktemp("trouble"))
    assert edition(again, lock, now=2_000_000_000, media=media)[1] == lock


@given(items=written_banks())
def test_any_bank_comes_back(
    tmp_path_factory: pytest.TempPathFactory, items: tuple[Item, ...]
) -> None:
    """All types with all that an author's file can say: no note is new, and none has changed."""
    items = tuple(filter(is_as_it_looks, items))
    reader = Document(name="reader", title="A reader", url="https://example.org/?a=1&b=2")
    bank = Bank(name="written", title="Written: by hand", documents=(reader,), items=items)
    bank = replace(bank, items=practice(bank))
    assume(bank.items)
    media = {"media/map.png": PNG, "media/wave.mp3": MP3}
    first, lock = edition(bank, media=media)
    again, kept = written(imported(deck_of(first), bank), tmp_path_factory.mktemp("written"))
    assert edition(again, lock, now=2_000_000_000, media=kept)[1] == lock

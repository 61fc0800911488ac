"""Cards equal Anki's: for every note the deck has the cards that Anki itself makes of its fields.

Whatever stands in an author's texts is shown as text: it opens no gap, fills in no field, runs no
script, ends no tag, and no card is empty, missing or in error.
"""

import re
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from anki.notes import Note
from hypothesis import given, settings

from quizgen.model import (
    Bank,
    Card,
    Choice,
    Citation,
    Cloze,
    Criterion,
    Entry,
    Gap,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Passage,
    TrueFalse,
)
from tests.anki_browser import literal, run_in_browser
from tests.anki_collections import deck_of, edition, fresh_collection, import_deck, note_of
from tests.conftest import few
from tests.strategies import anki_banks

HOSTILE = (
    "{{c1,2::both}}",
    "{{c1::outer {{c2::inner}} }}",
    "{{c3::open",
    "closed}}",
    "}} {{",
    "{{Answer}}",
    "{{cloze:Question}}",
    "{{FrontSide}}",
    "{{#Kind}} {{/Question}} {{^Kind}}",
    "{{type:Answer}} [[type:Answer]]",
    r"$\frac{a}{{b}}$ and $x^{{2}}$",
    r"$a_{b_{c}}}$",
    "unit\x1fseparator",
    "<script>hacked()</script>",
    "</script><script>hacked()</script>",
    "<img src=x onerror=hacked()>",
    '" onmouseover="hacked()" x="',
    "<b onclick='hacked()'>unclosed",
    "</div></main></body>",
    "<!-- unclosed",
    "<style>*{display:none}",
    "<svg/onload=hacked()>",
    "[link](javascript:hacked())",
    "`code` {{c1::x}} **bold",
    r"\(not math\) \[nor this",
    "[sound:x.mp3] [latex]x[/latex] [$]y[/$]",
    "&lt;b&gt; &amp;",
    "a::b ::",
)


def everywhere(text: str, name: str) -> list[Item]:
    """An item of each type that says `text` wherever it can say anything."""
    options = tuple(Option(id=f"o{n}", text=f"{n} {text}", why=text) for n in range(4))
    pairs = (Pair(left=options[0], right=options[1]), Pair(left=options[2], right=options[3]))
    common: dict[str, Any] = {
        "topic": text,
        "tags": (text,),
        "hint": text,
        "explain": text,
        "passage": f"p{name}",
        "source": Citation(document="d", derived=text),
    }
    gap = Gap(number=1, accept=(text, text), hint=text)
    return [
        Choice(id=f"choice{name}", stem=text, options=options, keys=("o1",), **common),
        Choice(id=f"choices{name}", stem=text, options=options, keys=("o1",), multiple=True, **common),
        TrueFalse(id=f"either{name}", statement=text, answer=True, **common),
        Entry(id=f"entry{name}", stem=text, accept=(text, "other"), close={text: text}, **common),
        Number(id=f"number{name}", stem=text, value=Fraction(3), text="3", unit=text, **common),
        Cloze(id=f"cloze{name}", stem=text, parts=(f"{text} ", gap, f" {text}"), **common),
        Match(id=f"match{name}", stem=text, pairs=pairs, extra=options[:1], **common),
        Order(id=f"order{name}", stem=text, sequence=options, **common),
        Open(id=f"open{name}", stem=text, model=text, rubric=(Criterion(text=text),), **common),
        Card(id=f"card{name}", front=text, back=text, reverse=True, **common),
    ]  # fmt: skip


def hostile_bank() -> Bank:
    """Every hostile text, everywhere."""
    items = [item for n, text in enumerate(HOSTILE) for item in everywhere(text, str(n))]
    passages = [Passage(id=f"p{n}", title=text, text=text) for n, text in enumerate(HOSTILE)]
    return Bank(name="hostile", title="Hostile", items=tuple(items), passages=tuple(passages))


def cards_of_its_own(collection: Collection, note: Note) -> list[int]:
    """The places of the cards that Anki makes of a new note with the same fields."""
    twin = collection.new_note(collection.models.get(note.mid) or {})
    twin.fields = list(note.fields)
    collection.add_note(twin, collection.decks.id_for_name("Default") or 1)  # type: ignore[arg-type]
    made = sorted(card.ord for card in twin.cards())
    collection.remove_notes([twin.id])
    return made


def differing(collection: Collection) -> list[str]:
    """The first fields of the notes whose cards are others than Anki's, or do not show."""
    found = []
    for number in collection.find_notes(""):
        note = collection.get_note(number)
        cards = note.cards()
        is_same = sorted(card.ord for card in cards) == cards_of_its_own(collection, note)
        sides = [
            side
            for card in cards
            for shown in [card.render_output()]
            for side in (shown.question_text, shown.answer_text)
        ]
        if not (cards and is_same and all(map(shows, sides))):
            found.append(note.fields[0])
    return found


def shows(side: str) -> bool:
    """Whether a side was rendered without an error, and says something."""
    text = re.sub(r"<script.*?</script>|<[^>]*>|\s", "", side, flags=re.DOTALL)
    return bool(text) and "has a problem" not in side and "No cloze" not in side


# --- The same cards ------------------------------------------------------------------------------


def test_hostile_texts_make_the_cards_that_anki_makes() -> None:
    """In every text of every type."""
    bank = hostile_bank()
    built, _ = edition(bank)
    with fresh_collection() as collection:
        log = import_deck(collection, deck_of(built))
        assert len(log.new) == len(bank.items)
        assert differing(collection) == []
        assert not collection.get_empty_cards().notes


@given(bank=anki_banks())
@settings(max_examples=few(15, nightly=1_000))
def test_any_bank_makes_the_cards_that_anki_makes(bank: Bank) -> None:
    """Whatever is written, and in whatever combination."""
    built, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        assert differing(collection) == []


@pytest.mark.parametrize(
    ("parts", "ords"),
    [
        ((Gap(number=3, accept=("a",)),), [2]),
        ((Gap(number=500, accept=("a",)), Gap(number=1, accept=("b",))), [0, 499]),
        ((Gap(number=1, accept=("a",)), Gap(number=2, accept=("b",))), [0, 1]),
        (("**bold ", Gap(number=1, accept=("a}}",)), "** {{c2::no gap}}"), [0]),
        (("{{c5,6::", Gap(number=1, accept=("{{c7::x}}",), hint="{{c8::y}}"), "}}"), [0]),
        (("$x^{", Gap(number=1, accept=("{2}",)), "}$ {{c1,2::}}"), [0]),
        (("`std::", Gap(number=2, accept=("::vector",)), "<int>`"), [1]),
        (("|a|b|\n|-|-|\n|", Gap(number=1, accept=("x|y",)), "|z|"), [0]),
        (("[", Gap(number=4, accept=("a",)), "](https://example.org)"), [3]),
        (("<b>", Gap(number=1, accept=("</b>",)), "<"), [0]),
        (("\x1f", Gap(number=1, accept=("\x1f",)), "\x1f"), [0]),
    ],
)
def test_an_odd_cloze_has_a_card_for_each_of_its_gaps(
    parts: tuple[str | Gap, ...], ords: list[int]
) -> None:
    """And none for what only looks like one; what stands in the gap is hidden, then shown."""
    bank = Bank(name="odd", title="Odd", items=(Cloze(id="c", parts=parts),))
    built, _ = edition(bank)
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        assert differing(collection) == []
        cards = note_of(collection, bank, "c").cards()
        assert sorted(card.ord for card in cards) == ords
        for card in cards:
            front = unescape(card.render_output().question_text)
            assert front.count("[...]") + front.count("[{{c8::y}}]") == 1


# --- Nothing but text ----------------------------------------------------------------------------


def test_hostile_texts_are_shown_and_do_nothing(tmp_path: Path) -> None:
    """In a browser: no script of theirs runs, no tag of theirs opens or ends, all of ours stand."""
    bank = hostile_bank()
    built, _ = edition(bank)
    sides = []
    with fresh_collection() as collection:
        import_deck(collection, deck_of(built))
        for item in bank.items:
            for card in note_of(collection, bank, item.id).cards():
                shown = card.render_output()
                sides.append([item.id, shown.question_text, shown.answer_text])
    page = f"""<!doctype html><meta charset="utf-8"><div id="qa"></div><pre id="result"></pre><script>
      let ran = 0, failed = [];
      window.hacked = () => {{ ran += 1; }};
      window.onerror = (message) => failed.push(message);
      const strange = [];
      function look(name, html) {{
        const qa = document.getElementById("qa");
        qa.innerHTML = html;
        for (const old of qa.querySelectorAll("script:not([type])")) {{
          const made = document.createElement("script");
          made.textContent = old.textContent;
          old.replaceWith(made);
        }}
        const handlers = Array.from(qa.querySelectorAll("*")).filter((one) =>
          Array.from(one.attributes).some((had) => had.name.startsWith("on") || /^javascript:/i.test(had.value)));
        const mains = qa.querySelectorAll("main.qz").length;
        const outside = Array.from(qa.children).filter((one) => !["MAIN", "SCRIPT"].includes(one.tagName));
        const foreign = qa.querySelectorAll("svg, style, b[onclick], img").length;
        if (handlers.length || mains !== 1 || outside.length || foreign) strange.push(name);
        for (const one of qa.querySelectorAll(".option, .row, summary, .typed")) one.click();
      }}
      for (const [name, front, back] of {literal(sides)}) {{ look(name, front); look(name, back); }}
      document.getElementById("result").textContent = JSON.stringify([ran, failed, strange]);
    </script>"""
    assert run_in_browser(tmp_path, {"page.html": page}) == [0, [], []]

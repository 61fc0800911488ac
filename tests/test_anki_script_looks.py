"""How cards look in a real Chromium: on any screen, by day and by night, with scripts or without."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from quizgen.model import Card, Choice, Cloze, Gap, Item
from quizgen.outputs.template import Templates
from tests import anki_samples as sample
from tests.anki_browser import Sides, literal, run_in_browser
from tests.conftest import ROOT


def test_no_card_is_wider_than_its_screen(tmp_path: Path) -> None:
    """From 320 to 1,400 pixels, either side: nothing to scroll sideways."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter"
    long = sample.named(word)
    table = f"|{'|'.join('abcdefghij')}|\n{'|-' * 10}|\n|{f'{word[:12]}|' * 10}"
    items = (
        *sample.BANK.items[:-1],
        replace(sample.LAKE, id="long", options=(long, *sample.LAKE.options[1:]), keys=(long.id,)),
        replace(
            sample.LAKE, id="wide", stem=table, explain=f"```python\n{word * 3}\n```\n`{word}`"
        ),
        replace(sample.LANDFORMS, id="pairs", extra=(long,)),
    )
    act = f"""
      for (const one of document.querySelectorAll("button, summary")) one.click();
      if (document.querySelector(".typed")) fill("{word} {word}");
    """
    frames = ""
    for item in items:
        sides = Sides(item)
        for side in ("FRONT", "BACK"):
            page = sides.page(
                f"show(FRONT); {act} show({side}); document.documentElement.lang = 'x';"
            )
            frames += "".join(
                f'<iframe srcdoc="{escape(page)}" title="{item.id} {side} {width}"'
                f' style="width:{width}px;height:700px"></iframe>'
                for width in (320, 390, 1400)
            )
    page = f"""<!doctype html><meta charset="utf-8">{frames}<pre id="result"></pre>
    <script>window.onload = () => {{
      const wide = Array.from(document.querySelectorAll("iframe")).filter((one) => {{
        const page = one.contentDocument.documentElement;
        return page.lang !== "x" || page.scrollWidth > page.clientWidth;
      }}).map((one) => one.title);
      document.getElementById("result").textContent = JSON.stringify(wide);
    }};</script>"""
    assert run_in_browser(tmp_path, {"page.html": page}) == []


def test_what_is_tapped_is_large_and_known_to_phones(tmp_path: Path) -> None:
    """At least 44 pixels high and 8 apart, and `tappable`, or AnkiMobile turns the card instead."""
    script = """
      const small = [];
      for (const side of CARDS.flat()) {
        show(side);
        const boxes = all("button, summary, .typed").map((one) => [one, one.getBoundingClientRect()]);
        boxes.forEach(([one, box], place) => {
          const after = boxes[place + 1];
          const isNear = after && after[1].top - box.bottom < 7.9;
          if (box.height < 44 || isNear || !one.classList.contains("tappable")) small.push(one.outerHTML);
        });
      }
      done(small);
    """
    assert looked_at(tmp_path, sample.BANK.items, script) == []


def test_nothing_moves_when_a_card_is_turned(tmp_path: Path) -> None:
    """Options keep their places and heights, whatever is said of them on the back."""
    script = """
      const places = () => all("li > .option, li.option").map((one) => {
        const box = one.getBoundingClientRect();
        return [Math.round(box.top), Math.round(box.height)].join();
      });
      done(CARDS.map(([front, back]) => {
        show(front);
        tap(".option", 0);
        tap(".option", 1);
        const before = places().join(" ");
        show(back);
        return before === places().join(" ") && before.length > 10;
      }));
    """
    found = looked_at(tmp_path, (sample.LAKE, sample.RIVERS, sample.ICE), script)
    assert found == [True, True, True]


def looked_at(folder: Path, items: Sequence[Item], script: str) -> object:
    """What a script finds that has the two sides of the items' first cards as `CARDS`."""
    sides = [Sides(item) for item in items]
    cards = literal([[one.front, one.back] for one in sides])
    return run_in_browser(folder, {"page.html": sides[0].page(f"const CARDS = {cards}; {script}")})


def test_code_is_shown_in_its_colours(tmp_path: Path) -> None:
    """By the language of its fence, on every kind of card; its text stays what it was."""
    python = "def twice(n):  # 2 * n\n    return f\"{n} of 'it'\"  "
    sql = "SELECT name -- all\nFROM lakes WHERE depth > 1e3"
    item = Choice(
        id="c",
        stem=f"What?\n\n```python\n{python}\n```\n\n```sql\n{sql}\n```\n\n```\nif x\n```\n\n```text\nif y\n```",
        options=(sample.named("`if`"), sample.named("b")),
        keys=("b",),
    )
    script = """
      show(FRONT);
      const parts = (kind) => texts(".code-" + kind);
      done([texts("main pre"), parts("keyword"), parts("comment"), parts("string"), parts("number")]);
    """
    found: Any = run_in_browser(tmp_path, {"page.html": Sides(item).page(script)})
    code, keywords, comments, strings, numbers = found
    assert code == [python.strip(), sql, "if x", "if y"]
    assert keywords == ["def", "return", "SELECT", "FROM", "WHERE"]
    assert comments == ["# 2 * n", "-- all"]
    assert strings == ["\"{n} of 'it'\""]
    assert numbers == ["1e3"]
    card = Card(id="k", front="Why?", back=f"```python\n{python}\n```", reverse=True)
    cloze = Cloze(id="g", parts=("```python\nif ", Gap(number=1, accept=("not",)), ":\n```"))
    for one, place, marked in ((card, 0, 2), (card, 1, 2), (cloze, 0, 1)):
        page = Sides(one, place).page('show(FRONT); show(BACK); done(all(".code-keyword").length)')
        assert run_in_browser(tmp_path, {"page.html": page}) == marked


def test_without_scripts_a_card_is_legible() -> None:
    """The question shows what may be answered, the answer its key; nothing waits for a script."""
    for item in sample.BANK.items[:-1]:
        sides = Sides(item)
        for side in (sides.front, sides.back):
            plain = re.sub(r"<script.*?</script>", "", side, flags=re.DOTALL)
            assert " hidden" not in plain
            assert "display:none" not in plain
        for option in getattr(item, "options", ()):
            assert option.text in sides.front
            assert option.text in sides.back


CONTRASTS = (
    ("ink", "paper", 7.0), ("soft", "paper", 4.5), ("accent", "paper", 4.5), ("ink", "raise", 7.0),
    ("soft", "raise", 4.5), ("accent", "raise", 4.5), ("accent", "accent-bg", 4.5), ("right", "paper", 4.5),
    ("right", "right-bg", 4.5), ("soft", "right-bg", 4.5), ("wrong", "paper", 4.5), ("wrong", "wrong-bg", 4.5),
    ("part", "paper", 4.5), ("part", "raise", 4.5), ("line", "paper", 3.0), ("line", "raise", 3.0),
)  # fmt: skip


def test_every_colour_can_be_read_by_day_and_by_night() -> None:
    """At least the contrast that WCAG asks: 4.5 for text, 3 for marks and fields."""
    css = Templates().source("anki/card.css")
    day, night = re.findall(r"^\.card[^{]*\{(.*?)^\}", css, re.DOTALL | re.MULTILINE)[:2]
    for theme in (day, night):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", theme))
        low = [
            (text, ground, round(contrast(colours[text], colours[ground]), 1))
            for text, ground, least in CONTRASTS
            if contrast(colours[text], colours[ground]) < least
        ]
        assert low == []


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as https://www.w3.org/TR/WCAG22/ defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return sum(
        share * weight for share, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
    )


def test_templates_hold_nothing_that_anki_would_read_as_a_field() -> None:
    """Script and style have no doubled braces, no file from elsewhere, and no end of themselves."""
    folder = ROOT / "templates" / "anki"
    for path in (*folder.glob("*.js"), folder / "card.css"):
        text = path.read_text(encoding="utf-8")
        assert "{{" not in text
        assert "</" not in text
        assert "http" not in text
        assert "url(" not in text

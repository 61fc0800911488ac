"""The card's script in a real Chromium: what is drawn on the question is kept on the answer."""

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from quizgen.model import Card, Choice, Cloze, Gap, Item
from quizgen.outputs.template import Templates
from tests import anki_samples as sample
from tests.anki_browser import RULES, Sides, run_in_browser


def outcome(folder: Path, item: Item, script: str, **more: bool) -> Any:
    """What a script finds on the cards of an item."""
    return run_in_browser(folder, {"page.html": Sides(item).page(script, **more)})


# --- Choices -------------------------------------------------------------------------------------


def test_every_order_is_drawn_and_kept_on_the_answer(tmp_path: Path) -> None:
    """1,200 reviews of four options: all 24 orders, evenly, each the same on both sides."""
    counts = outcome(
        tmp_path,
        sample.LAKE,
        """
        const counts = {};
        for (let review = 0; review < 1200; review++) {
          show(FRONT);
          const drawn = rows("li > .option").join();
          counts[drawn] = (counts[drawn] || 0) + 1;
          show(BACK);
          if (rows("li.option").join() !== drawn) throw new Error("the order changed");
        }
        done(counts);
        """,
    )
    assert len(counts) == 24
    chi_square = sum((count - 50) ** 2 / 50 for count in counts.values())
    assert chi_square < 66  # 23 degrees of freedom: one run in 200,000 is further off


def test_the_pick_is_shown_with_its_result(tmp_path: Path) -> None:
    """Wrong, right and nothing picked, each in words, by tap or by digit; nothing leaks over."""
    found = outcome(
        tmp_path,
        sample.LAKE,
        """
        const at = (text) => rows("li > .option").indexOf(text);
        const said = () => texts("li.option").filter((one) => one.includes("✓") || one.includes("✗")).sort();
        const result = [];
        show(FRONT); tap(".option", at("Lake Superior")); show(BACK); result.push(said());
        show(FRONT); press(String(at("Lake Baikal") + 1)); show(BACK); result.push(said());
        show(FRONT); tap(".option", 0); tap(".option", 0); show(BACK); result.push(said());
        press("1");
        result.push(all("[aria-pressed]").length);
        done(result);
        """,
    )
    assert found == [
        ["✓Lake BaikalRight answer", "✗Lake SuperiorYour pick, not right"],
        ["✓Lake BaikalYour pick, right"],
        ["✓Lake BaikalRight answer"],
        0,
    ]


def test_digits_pick_with_alt_too(tmp_path: Path) -> None:
    """Anki's desktop keeps 1 to 4 for itself; with Alt some keyboards make other signs of them."""
    found = outcome(
        tmp_path,
        sample.RIVERS,
        """
        const hit = (init) => {
          const event = new KeyboardEvent("keydown", Object.assign({bubbles: true, cancelable: true}, init));
          document.body.dispatchEvent(event);
          return event.defaultPrevented;
        };
        show(FRONT);
        const taken = [
          hit({key: "1", code: "Digit1"}), hit({key: "™", code: "Digit2", altKey: true}),
          hit({key: "3", code: "Numpad3", altKey: true}), hit({key: "4", code: "Digit4", ctrlKey: true}),
          hit({key: "7", code: "Digit7"}), hit({key: "0", code: "Digit0"}), hit({key: "a", code: "KeyA", altKey: true}),
        ];
        const picked = all(".option").map((one) => one.getAttribute("aria-pressed") === "true");
        show(BACK);
        done([taken, picked, hit({key: "1", code: "Digit1"})]);
        """,
    )
    taken, picked, on_the_back = found
    assert taken == [True, True, True, False, False, False, False]
    assert picked == [True, True, True, False, False, False]
    assert not on_the_back


def test_all_that_apply_says_the_points_of_the_core(tmp_path: Path) -> None:
    """Two of three found and one too many: a third of the points."""
    found = outcome(
        tmp_path,
        sample.RIVERS,
        """
        show(FRONT);
        for (const river of ["Nile", "Rhône", "Tagus"]) tap(".option", rows("li > .option").indexOf(river));
        show(BACK);
        done([texts(".score"), texts(".missed"), texts(".wrong"), texts(".right").length]);
        """,
    )
    score, missed, wrong, right = found
    assert score == ["2 of 3 found, 1 pick too many: 1 of 3 points."]
    assert missed == ["✓EbroRight, not picked"]
    assert wrong == ["✗TagusYour pick, not right"]
    assert right == 2


def test_a_reload_between_the_sides_keeps_order_and_picks(tmp_path: Path) -> None:
    """Some reviewers load a page for each side; what was drawn outlives that."""
    sides = Sides(sample.LAKE)
    front = sides.page(
        """
        show(FRONT);
        tap(".option", 2);
        sessionStorage.setItem("drawn", rows("li > .option").join());
        location.replace("back.html");
        """
    )
    back = sides.page(
        """
        show(BACK);
        done([rows("li.option").join() === sessionStorage.getItem("drawn"),
              texts("li.option").findIndex((one) => one.includes("Your pick"))]);
        """
    )
    assert run_in_browser(tmp_path, {"page.html": front, "back.html": back}) == [True, 2]


def test_the_answer_alone_shows_the_order_of_the_field(tmp_path: Path) -> None:
    """Where nothing is stored, or what is stored is another card's, nothing is picked."""
    found = outcome(
        tmp_path,
        sample.LAKE,
        """
        show(BACK);
        const alone = rows("li.option").join();
        sessionStorage.setItem("quizgen", '{"name": "question another/card", "order": [3, 2, 1, 0], "picks": [0]}');
        window.quizgen.state = null;
        show(BACK);
        done([alone, rows("li.option").join(), texts(".wrong").length]);
        """,
    )
    written = ",".join(re.findall(r'class="text">([^<]+)', Sides(sample.LAKE).back))
    alone, other, wrong = found
    assert alone == other == written
    assert wrong == 0


@pytest.mark.parametrize(
    ("texts", "pin", "arrangement", "moves"),
    [
        (("20", "3", "100"), "", "free", []),
        (("b", "a", "c", "None"), "None", "free", ["a", "b", "c"]),
        (("b", "a", "c"), "", "fixed", []),
    ],
)
def test_only_what_may_move_moves(
    tmp_path: Path, texts: tuple[str, ...], pin: str, arrangement: Any, moves: list[str]
) -> None:
    """Numbers stand by size, pinned options at their end, and a fixed order as written."""
    options = tuple(sample.named(text, pin="last" if text == pin else "") for text in texts)
    item = Choice(id="c", stem="?", options=options, keys=(options[0].id,), arrangement=arrangement)
    drawn = outcome(
        tmp_path,
        item,
        """
        const seen = new Set();
        for (let review = 0; review < 200; review++) { show(FRONT); seen.add(rows("li > .option").join()); }
        done(Array.from(seen));
        """,
    )
    if not moves:
        fixed = sorted(texts, key=int) if texts[0].isdigit() else texts
        assert drawn == [",".join(fixed)]
    else:
        assert len(drawn) == 6
        assert all(order.endswith(",None") for order in drawn)


# --- The other kinds -----------------------------------------------------------------------------


def test_pairs_are_made_by_two_taps(tmp_path: Path) -> None:
    """Row and partner, a partner taken back by another row, and whole pairs on the answer."""
    found = outcome(
        tmp_path,
        sample.LANDFORMS,
        """
        const partner = (start) => rows(".bank .row").findIndex((one) => one.startsWith(start));
        const left = (text) => rows(".pairs .row").indexOf(text);
        show(FRONT);
        tap(".pairs .row", left("Atoll")); tap(".bank .row", partner("Coral"));
        tap(".pairs .row", left("Fjord")); tap(".bank .row", partner("Rain"));
        tap(".pairs .row", left("Delta")); tap(".bank .row", partner("Rain"));
        const slots = Object.fromEntries(all(".pairs .row").map((row) => [row.querySelector(".text").textContent, row.querySelector(".slot").textContent]));
        const mark = all(".bank .mark")[partner("Rain")].textContent;
        show(BACK);
        done([slots.Delta === mark, slots.Fjord, texts(".score"), texts(".wrong small").sort()]);
        """,
    )
    assert found == [
        True,
        "",
        ["1 of 4 pairs are right."],
        ["Left blank", "Left blank", "You chose: Rain and snow fill the crater of a volcano."],
    ]


def test_things_are_put_in_order_by_taps(tmp_path: Path) -> None:
    """Tapped in turn; a second tap takes back and closes the gap."""
    found = outcome(
        tmp_path,
        sample.PLANETS,
        """
        const at = (text) => rows(".things .row").indexOf(text);
        show(FRONT);
        for (const planet of ["Venus", "Mercury", "Venus", "Venus", "Earth", "Mars"]) tap(".things .row", at(planet));
        const slots = ["Mercury", "Venus", "Earth", "Mars"].map((text) => all(".things .slot")[at(text)].textContent);
        show(BACK);
        const right = texts(".score");
        show(FRONT);
        for (const planet of ["Venus", "Mercury"]) tap(".things .row", at(planet));
        show(BACK);
        done([slots, right, texts(".score"), texts(".things small")]);
        """,
    )
    slots, right, score, said = found
    assert slots == ["1", "2", "3", "4"]
    assert right == ["4 of 4 are in their place."]
    assert score == ["0 of 4 are in their place."]
    assert said == [
        "You put this in place 2",
        "You put this in place 1",
        "Left blank",
        "Left blank",
    ]


def test_a_rubric_is_ticked_and_added_up(tmp_path: Path) -> None:
    """The learner's own words stand above the model, never as HTML."""
    found = outcome(
        tmp_path,
        sample.DEW,
        """
        show(FRONT); fill("<b>Vapour</b>"); show(BACK);
        tap(".rubric .row", 1);
        done([texts(".yours"), texts(".work .how")]);
        """,
    )
    assert found == [["Your words<b>Vapour</b>"], ["2 of 3 points"]]


# --- Every card ----------------------------------------------------------------------------------


def test_no_card_is_wider_than_its_screen(tmp_path: Path) -> None:
    """From 320 to 1,400 pixels, either side: nothing to scroll sideways."""
    long = sample.named("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter")
    items = (
        *sample.BANK.items[:-1],
        replace(sample.LAKE, id="long", options=(long, *sample.LAKE.options[1:]), keys=(long.id,)),
    )
    frames = ""
    for item in items:
        sides = Sides(item)
        for side in ("FRONT", "BACK"):
            page = sides.page(f"show(FRONT); show({side}); document.documentElement.lang = 'x';")
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
    code, keywords, comments, strings, numbers = outcome(tmp_path, item, script)
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
    names = ("card.js", "code.js", "card.css", *RULES, "sentences.js")
    for name in names:
        text = Templates().source(f"anki/{name}")
        assert "{{" not in text
        assert "</" not in text
        assert "http" not in text
        assert "url(" not in text

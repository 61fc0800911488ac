"""The card's script in a real Chromium: what is drawn on the question is kept on the answer."""

import re
from pathlib import Path
from typing import Any

import pytest

from quizgen.model import Choice, Item
from tests import anki_samples as sample
from tests.anki_browser import Sides, run_in_browser


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


@pytest.mark.parametrize(
    ("item", "act", "seen"),
    [
        (sample.SUBLIMATION, 'fill("dew");', 'texts(".wrong .text")'),
        (sample.DEW, 'fill("From the air");', 'texts(".yours")'),
        (
            sample.LANDFORMS,
            """
            tap(".pairs .row", rows(".pairs .row").indexOf("Atoll"));
            tap(".bank .row", rows(".bank .row").findIndex((one) => one.startsWith("Coral")));
            """,
            'texts(".score")',
        ),
        (sample.PLANETS, 'tap(".things .row", rows(".things .row").indexOf("Mercury"));', 'texts(".score")'),
    ],
    ids=lambda value: getattr(value, "id", None) or "",
)  # fmt: skip
def test_what_was_done_outlives_a_reload(tmp_path: Path, item: Item, act: str, seen: str) -> None:
    """And says the same as in a reviewer that swaps the sides in one page."""
    sides = Sides(item)
    front = sides.page(
        f"""
        show(FRONT); {act} show(BACK);
        sessionStorage.setItem("seen", JSON.stringify({seen}));
        show(FRONT); {act}
        location.replace("back.html");
        """
    )
    back = sides.page(f'show(BACK); done([JSON.parse(sessionStorage.getItem("seen")), {seen}]);')
    found: Any = run_in_browser(tmp_path, {"page.html": front, "back.html": back})
    here, after = found
    assert here == after
    assert len(after) == 1


def test_storage_may_be_denied(tmp_path: Path) -> None:
    """Within a page the picks are kept all the same; after a reload the author's order stands."""
    sides = Sides(sample.LAKE)
    deny = """
        Object.defineProperty(window, "sessionStorage", {get() { throw new Error("denied"); }});
    """
    front = sides.page(
        deny
        + """
        show(FRONT);
        tap(".option", 2);
        const drawn = rows("li > .option");
        show(BACK);
        const kept = rows("li.option").join() === drawn.join() && texts("li.option")[2].includes("Your pick");
        location.replace("back.html?" + kept);
        """
    )
    back = sides.page(
        deny + 'show(BACK); done([location.search, rows("li.option"), texts(".wrong").length]);'
    )
    written = re.findall(r'class="text">([^<]+)', sides.back)
    found = run_in_browser(tmp_path, {"page.html": front, "back.html": back})
    assert found == ["?true", written, 0]


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

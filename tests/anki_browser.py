"""Cards in a real browser, in pages as Anki frames them, and what a script finds there."""

import html
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizgen.model import Bank, Item
from tests.anki_collections import deck_of, edition, fresh_collection, import_deck, note_of
from tests.anki_samples import MEDIA
from tests.conftest import require_tool

RULES = ("fold.js", "dates.js", "amounts.js", "judge.js")
"""The files of the rules of judging in the card's script; each leans on those before."""

_FRAME = """<!doctype html>
<html><head><meta charset="utf-8"><style>{css}</style></head>
<body class="card card1 {night}"><div id="qa"></div><pre id="result"></pre>
<script>
const FRONT = {front}, BACK = {back};
/* Desktop swaps the content of one page and starts the scripts in it anew. */
function show(side) {{
  const qa = document.getElementById("qa");
  qa.innerHTML = side;
  for (const old of qa.querySelectorAll("script")) {{
    const made = document.createElement("script");
    for (const one of old.attributes) made.setAttribute(one.name, one.value);
    made.textContent = old.textContent;
    old.replaceWith(made);
  }}
}}
const all = (selector) => Array.from(document.querySelectorAll(selector));
const texts = (selector) => all(selector).map((one) => one.textContent.trim());
const rows = (selector) => all(selector).map((one) => one.querySelector(".text").firstChild.textContent);
const tap = (selector, place) => all(selector)[place].click();
const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", {{key: key, bubbles: true}}));
function fill(text) {{
  const field = document.querySelector(".typed");
  field.value = text;
  field.dispatchEvent(new Event("input"));
}}
let failed = null;
function done(result) {{ document.getElementById("result").textContent = JSON.stringify(failed || result); }}
window.onerror = (message) => {{ failed = failed || {{error: message}}; done(); }};
{script}
</script></body></html>
"""


class Sides:
    """The two sides of a card as Anki renders them, and its style sheet."""

    def __init__(
        self,
        item: Item,
        card: int = 0,
        *,
        language: str = "en",
        more_tags: Sequence[str] | None = (),
    ) -> None:
        """`more_tags` are those that a learner gave the note; with None he took all away."""
        bank = Bank(name="browser", title="Browser", language=language, items=(item,))
        built, _ = edition(bank, media=MEDIA)
        with fresh_collection() as collection:
            import_deck(collection, deck_of(built))
            note = note_of(collection, bank, item.id)
            note.tags = [] if more_tags is None else [*note.tags, *more_tags]
            collection.update_note(note)
            shown = note.cards()[card].render_output(reload=True)
        self.front, self.back, self.css = shown.question_text, shown.answer_text, shown.css

    def page(self, script: str, *, night: bool = False) -> str:
        """A page of the reviewer that runs `script`, which calls `done` with what it found."""
        return _FRAME.format(
            css=self.css,
            night="nightMode night_mode" if night else "",
            front=literal(self.front),
            back=literal(self.back),
            script=script,
        )


def run_in_browser(folder: Path, pages: Mapping[str, str], start: str = "page.html") -> object:
    """Open the page `start` in headless Chromium; what its script, or that of a page that it led
    to, handed to `done`. Fails with the message where a script failed.
    """
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    shown = subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu"),
            *("--virtual-time-budget=20000", f"--user-data-dir={folder / 'profile'}"),
            *("--dump-dom", (folder / start).as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = re.search(r'<pre id="result">(.+?)</pre>', shown.stdout.decode(), re.DOTALL)
    assert found, "the page's script did not come to its end"
    result = json.loads(html.unescape(found[1]))
    assert not (isinstance(result, dict) and "error" in result), result
    return result


def literal(value: object) -> str:
    """A value as it may stand in a script of a page."""
    return json.dumps(value).replace("</", "<\\/").replace("<!--", "<\\!--")

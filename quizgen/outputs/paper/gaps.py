"""A cloze to its printed text: lines in place of the gaps, all of one width.

A gap may stand in bold type, in a table, in code or in a formula, so the whole text goes through
the markup at once, each gap as one private sign that no author writes. In a formula there is no
room for a hand: there stands a box with the gap's number, and the line below the text.
"""

import re
from html import escape

from quizgen.markup import formulas, to_html
from quizgen.model import Cloze, Gap
from quizgen.outputs.paper.texts import Html, PaperWords, set_off

_FIRST_PRIVATE, _LAST_PRIVATE = 0xF0000, 0xFFFFD
_CLOSING = re.compile(r"^[^\s\w<&(\[{\"“‘«\U000F0000-\U000FFFFD]+")
_BOX = r"\boxed{{\;{}\;}}"


def with_gaps(item: Cloze, words: PaperWords) -> Html:
    """The text with a line to write on for each gap, numbered where there are several."""
    text, signs = formula_ready(item)
    html = to_html(text, math="svg")
    below = ""
    for place, (sign, gap) in enumerate(zip(signs, item.gaps, strict=True), 1):
        number = place if len(signs) > 1 or sign not in text else 0
        before, found, after = html.partition(sign)
        if found:
            html = before + _line(gap, number, after, words)
        elif sign not in text:
            below += f"<p>{_line(gap, number, '', words)}</p>"
    if below:
        html = f'{html}<div class="lines-below">{below}</div>'
    return set_off(html, text, words.direction)


def lost_gaps(item: Cloze) -> bool:
    """Whether a gap stands where no line can be printed, such as in the address of a link."""
    text, signs = formula_ready(item)
    html = to_html(text, math="svg")
    return any(sign in text and sign not in re.sub(r"<[^>]*>", "", html) for sign in signs)


def formula_ready(item: Cloze) -> tuple[str, tuple[str, ...]]:
    """The text with its gaps as signs, those in formulas as boxes of one width; and the signs."""
    text, signs = _signed(item)
    in_formulas = set("".join(formulas(text)))
    for place, sign in enumerate(signs, 1):
        if sign in in_formulas:
            text = text.replace(sign, _BOX.format(place))
    return text, signs


def _signed(item: Cloze) -> tuple[str, tuple[str, ...]]:
    """The text with one private sign for each gap, and these signs in reading order."""
    written = "".join(part for part in item.parts if isinstance(part, str))
    private = (chr(code) for code in range(_FIRST_PRIVATE, _LAST_PRIVATE))
    free = (sign for sign in private if sign not in written)
    signs = tuple(next(free) for _ in item.gaps)
    rest = iter(signs)
    text = "".join(part if isinstance(part, str) else next(rest) for part in item.parts)
    return text, signs


def _line(gap: Gap, place: int, after: str, words: PaperWords) -> str:
    """The line, its hint, and what follows; a full stop does not part from its line."""
    label = words.say("gap_number_label", n=place) if place else words.say("gap_label")
    number = f"<sup>{place}</sup>" if place else ""
    line = f'<span class="gap" role="img" aria-label="{escape(label)}">{number}</span>'
    hint = f' <span class="hint">({escape(gap.hint, quote=False)})</span>' if gap.hint else ""
    closing = _CLOSING.match(after)
    if hint or not closing:
        return line + hint + after
    return f'<span class="nb">{line}{closing[0]}</span>{after[closing.end() :]}'

"""A cloze to its printed text: lines in place of the gaps, all of one width.

A gap may stand in bold type, in a table, in code or in a formula, so the whole text goes through
the markup at once, each gap as one private sign that no author writes. In a formula there is no
room for a hand: there stands a box with the gap's number, and the line below the text.
"""

import re
from collections.abc import Sequence
from html import escape

from quizgen.markup import formulas, to_html
from quizgen.model import Cloze
from quizgen.outputs.paper.texts import Html, PaperWords, plain, set_off

_FIRST_PRIVATE, _LAST_PRIVATE = 0xF0000, 0xFFFFD
_CLOSING = re.compile(r"^[^\s\w<&(\[{\"“‘«\U000F0000-\U000FFFFD]+")
_BOX = r"\boxed{{\;{}\;}}"


def with_gaps(item: Cloze, words: PaperWords) -> Html:
    """The text with a line to write on for each gap, numbered where there are several."""
    return _drawn(item, ("",) * len(item.gaps), words)


def with_answers(item: Cloze, words: PaperWords) -> Html:
    """The same text with its first answer on each line."""
    return _drawn(item, [plain(gap.accept[0]) if gap.accept else "" for gap in item.gaps], words)


def _drawn(item: Cloze, answers: Sequence[str], words: PaperWords) -> Html:
    text, signs = formula_ready(item)
    html = to_html(text, math="svg")
    below = ""
    gaps = zip(signs, item.gaps, answers, strict=True)
    for place, (sign, gap, answer) in enumerate(gaps, 1):
        number = place if len(signs) > 1 or sign not in text else 0
        line = _line(number, answer, words)
        before, found, after = html.partition(sign)
        if found:
            html = before + _followed(line, gap.hint, after)
        elif sign not in text:
            below += f"<p>{_followed(line, gap.hint, '')}</p>"
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


def _line(place: int, answer: str, words: PaperWords) -> str:
    """The line with its number, if it has one, and the answer, where it is to be shown."""
    label = words.say("gap_number_label", n=place) if place else words.say("gap_label")
    number = f"<sup>{place}</sup>" if place else ""
    if answer:
        return f'<span class="gap filled">{number}{escape(answer, quote=False)}</span>'
    return f'<span class="gap" role="img" aria-label="{escape(label)}">{number}</span>'


def _followed(line: str, hint: str, after: str) -> str:
    """The line, its hint, and what follows; neither hint nor full stop parts from its line."""
    said = f' <span class="hint">({escape(hint, quote=False)})</span>' if hint else ""
    closing = _CLOSING.match(after)
    ending, after = (closing[0], after[closing.end() :]) if closing else ("", after)
    if not said and not ending:
        return line + after
    return f'<span class="{"held" if said else "nb"}">{line}{said}{ending}</span>{after}'

"""The text of a cloze to Anki's `{{c1::answer::hint}}`, with nothing else that Anki would read so.

A gap may stand in bold type, in a table or in a formula, so the whole text goes through the markup
at once, each gap as one private sign. Inside a gap `}}` would end it and `::` would start a hint.
"""

import re

from quizgen.markup import formulas
from quizgen.model import Cloze, Gap
from quizgen.outputs.anki.texts import rich
from quizgen.problem import Problem

HIGHEST = 500
"""Anki draws no card for a gap with a higher number."""

_PRIVATE = range(0xF0000, 0xFFFFD)
_FORMULA = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_PART_OF_DELETION = re.compile("[{}:]")
_TAG = re.compile(r"<[^>]*>")


def cloze_html(item: Cloze) -> str:
    """The field of an Anki cloze: a deletion for each gap, under the gap's own number."""
    text, signs = _signed(item)
    html = _apart(rich(text), signs)
    in_formulas = set("".join(formulas(text)))
    for sign, gap in signs.items():
        if sign not in html:
            continue
        if sign in in_formulas:
            html = _into_formula(html, sign, gap)
        else:
            html = html.replace(sign, _deletion(gap))
    return html


def cloze_problems(item: Cloze) -> tuple[Problem, ...]:
    """What Anki cannot show of this cloze."""
    problems: list[Problem] = []
    text, signs = _signed(item)
    shown = _TAG.sub("", rich(text))
    if not signs or any(sign not in shown for sign in signs):
        problems.append(
            Problem(
                code="gap_without_place",
                message="A gap stands where a card cannot show it."
                if signs
                else "This cloze has no gap.",
                fix="Take it out of the link's address." if signs else "Write one: {{answer}}.",
                item=item.id,
                field="cloze",
            )
        )
    if highest := max((gap.number for gap in item.gaps if gap.number > HIGHEST), default=0):
        problems.append(
            Problem(
                code="gap_number_on_card",
                message=f"Anki has no card for gap number {highest}; the highest is {HIGHEST}.",
                fix="Give the gap a lower number that no gap of this question has had.",
                item=item.id,
                field="cloze",
            )
        )
    return tuple(problems)


def _signed(item: Cloze) -> tuple[str, dict[str, Gap]]:
    """The text with a sign for each gap that stands nowhere in it, and the gaps by their signs."""
    written = "".join(part for part in item.parts if isinstance(part, str))
    free = (sign for sign in map(chr, _PRIVATE) if sign not in written)
    signs: dict[str, Gap] = {}
    text = ""
    for part in item.parts:
        if isinstance(part, str):
            text += part
        else:
            sign = next(free)
            signs[sign] = part
            text += sign
    return text, signs


def _apart(html: str, signs: dict[str, Gap]) -> str:
    """The text with doubled braces drawn apart: in formulas by a space, elsewhere as a reference."""
    if "{" not in html and "}" not in html:
        return html
    pieces = re.split(f"({_FORMULA.pattern})", html, flags=re.DOTALL)
    for place, piece in enumerate(pieces):
        pieces[place] = _spaced(piece, signs) if place % 2 else piece.replace("{{", "{&#123;")
    return "".join(pieces)


def _spaced(latex: str, signs: dict[str, Gap]) -> str:
    """The formula with a space between two braces, and between a brace and a gap."""
    marks = "".join(signs)
    latex = re.sub(r"([{}])(?=[{}])", r"\1 ", latex)
    if marks:
        latex = re.sub(rf"(?<=[{{}}])(?=[{marks}])|(?<=[{marks}])(?=[{{}}])", " ", latex)
    return latex


def _deletion(gap: Gap) -> str:
    answer = _guarded(rich(gap.accept[0], inline=True))
    hint = f"::{_guarded(rich(gap.hint, inline=True))}" if gap.hint else ""
    return f"{{{{c{gap.number}::{answer}{hint}}}}}"


def _guarded(html: str) -> str:
    """Nothing in the HTML ends a deletion, starts another, or starts its hint."""
    if not _PART_OF_DELETION.search(html):
        return html
    pieces = re.split(f"({_FORMULA.pattern})", html, flags=re.DOTALL)
    for place, piece in enumerate(pieces):
        pieces[place] = (
            _spaced(piece, {})
            if place % 2
            else piece.replace("{{", "{&#123;").replace("}}", "}&#125;")
        )
    whole = _one_part("".join(pieces))
    return whole[:-1] + "&#125;" if whole.endswith("}") else whole


def _one_part(text: str) -> str:
    """Without the doubled colon that would start a hint, here or with the colons that follow."""
    text = text.replace("::", ":&#58;")
    return text[:-1] + "&#58;" if text.endswith(":") else text


def _into_formula(html: str, sign: str, gap: Gap) -> str:
    """The gap inside a formula: its answer is LaTeX as it stands."""
    answer = _latex(gap.accept[0])
    hint = f"::{_latex(gap.hint)}" if gap.hint else ""
    return html.replace(sign, f"{{{{c{gap.number}::{answer}{hint}}}}}")


def _latex(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    spaced = _one_part(_spaced(escaped, {}))
    return f"{spaced} " if spaced.endswith("}") else spaced

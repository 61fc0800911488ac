r"""A formula in LaTeX to one readable line of Unicode that means the same.

Where LaTeX sets a fraction, a root or a raised group apart by its place, brackets do it here:
`\frac{a+b}{2c}` becomes (a+b)/(2c).
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_SCRIPT = re.compile(r"([\^_])(?:\{((?:[^{}]|\{[^{}]*\})*)\}|([^{}\\\s]))")
_SUPER = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-=()aeoxhiklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕᵢₖₗₘₙₚₛₜ")
_BETWEEN = re.compile(
    r"(?<=\s)\\(approx|cap|cdot|cup|div|equiv|geq?|gg|iff|in|leq?|ll|mapsto|neq?|notin|pm|propto"
    r"|rightarrow|Rightarrow|sim|subset|subseteq|times|to)\s+"
)
"""Signs that an author set off on both sides; LaTeX takes the space after them for their end."""
_SAID_OTHERWISE = (
    (re.compile(r"\\[cdt]frac(?![A-Za-z])"), r"\\frac"),
    (re.compile(r"\\[dt]?binom\{([^{}]*)\}\{([^{}]*)\}"), r"C(\1, \2)"),
    (re.compile(r"\^(?:\\circ(?![A-Za-z])|\{\s*\\circ\s*\})"), "°"),
    (re.compile(r"\^\{\s*\\prime\s*\}"), "'"),
)
_FUNCTION = re.compile(r"\\(arc(?:cos|sin|tan)|cos|cot|exp|lim|ln|log|max|min|sin|tan)\s+")
_START, _END = "\ue000", "\ue001"
"""Stand around a fraction until its neighbours are known."""
_WHOLE = re.compile(f"(.?){_START}([^{_START}{_END}]*){_END}(?=(.?))", re.DOTALL)
_SUM = re.compile(r"[-+±∓−=<>≤≥≠≈·×\s/]")
_FACTOR = re.compile(r"(?:[\d.,]+|d?[^\W\d_]|√\w|\([^()]*\))[⁰¹²³⁴-⁹⁺⁻ⁿⁱ₀-₎ₐ-ₜᵢ]*")


@lru_cache(maxsize=1024)
def readable(latex: str) -> str:
    """The formula on one line; what is not understood stands there as it was written."""
    if latex.count("{") != latex.count("}"):
        return latex
    for found, instead in _SAID_OTHERWISE:
        latex = found.sub(instead, latex)
    source = _FUNCTION.sub(r"\\\1{} ", _BETWEEN.sub(r"\\\1{} ", latex))
    text = _apart(_reader().latex_to_text(_SCRIPT.sub(_script, source)))
    return " ".join(text.split()) or latex


def _script(found: "re.Match[str]") -> str:
    """A power or an index in Unicode where every sign of it has one, else behind its sign."""
    sign, text = found[1], found[3] if found[2] is None else found[2]
    table = _SUPER if sign == "^" else _SUB
    if all(ord(one) in table for one in text):
        return f"{{{text.translate(table)}}}"
    is_name = len(text) == 1 or (sign == "_" and text.isalnum())
    return f"{sign}{text}" if is_name else f"{sign}({_SCRIPT.sub(_script, text)})"


def _apart(text: str) -> str:
    """Fractions within brackets where what stands beside them would be taken for a part of them."""
    while _START in text:
        text, count = _WHOLE.subn(_beside, text)
        if not count:
            return text.replace(_START, "").replace(_END, "")
    return text


def _beside(found: "re.Match[str]") -> str:
    before, fraction, after = found.groups()
    if after.isalnum() or (after in ("(", "√", _START) and after) or before.isalpha():
        return f"{before}({fraction})"
    return f"{before} {fraction}" if before.isdigit() else f"{before}{fraction}"


@cache
def _reader() -> "LatexNodes2Text":
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    known = get_default_latex_context_db()
    macros = [MacroTextSpec("frac", _fraction), MacroTextSpec("sqrt", _root)]
    known.add_context_category("apart", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=known, math_mode="text")


def _arguments(node: Any, reader: "LatexNodes2Text") -> list[str]:
    given = node.nodeargd.argnlist if node.nodeargd else None
    return [_apart(reader.nodelist_to_text([one])).strip() if one else "" for one in given or ()]


def _fraction(node: Any, l2tobj: "LatexNodes2Text") -> str:
    match _arguments(node, l2tobj):
        case [above, below]:
            over = f"({above})" if _SUM.search(above) else above
            under = below if _FACTOR.fullmatch(below) else f"({below})"
            return f"{_START}{over}/{under}{_END}"
        case _:
            return str(node.latex_verbatim())


def _root(node: Any, l2tobj: "LatexNodes2Text") -> str:
    match _arguments(node, l2tobj):
        case [degree, text]:
            is_short = re.fullmatch(r"[\d.,]+|\w", text)
            return f"{_raised(degree)}√{text if is_short else f'({text})'}"
        case _:
            return str(node.latex_verbatim())


def _raised(degree: str) -> str:
    is_known = all(ord(one) in _SUPER for one in degree)
    return degree.translate(_SUPER) if is_known else f"({degree})"

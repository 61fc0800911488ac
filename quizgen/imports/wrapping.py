"""Long paragraphs to lines of a width that people write, where that changes nothing."""

import re
from textwrap import TextWrapper

from quizgen.markup import to_html

_WIDTH = 96
_BLOCK = re.compile(r"[#|>$`~=<\s]|[-+*]\s|\d+[.)]")
_WRAPPER = TextWrapper(width=_WIDTH, break_long_words=False, break_on_hyphens=False)


def wrapped(text: str) -> str:
    """The Markdown with its long paragraphs of plain words over several lines."""
    if len(text) <= _WIDTH:
        return text
    return "\n\n".join(map(_wrapped, text.split("\n\n")))


def _wrapped(block: str) -> str:
    if len(block) <= _WIDTH or "\n" in block or "$" in block or "`" in block or "  " in block:
        return block
    lines = _WRAPPER.wrap(block)
    if any(map(_BLOCK.match, lines)) or any(line.endswith("\\") for line in lines):
        return block
    joined = "\n".join(lines)
    return joined if _shown(joined) == _shown(block) else block


def _shown(text: str) -> str:
    return to_html(text, math="anki").replace("\n", " ")

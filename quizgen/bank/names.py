"""Names of questions, passages and files out of a few of their words, in ASCII."""

import re
from collections.abc import Iterable

from anyascii import anyascii

LONGEST = 40
"""Characters of a name."""

_WORDS = 5
_FILLERS = frozenset(
    "a an the of in on at to for by from with and or that this these those it its their there as "
    "is are was were be been do does did has have had can will would which what who whom whose "
    "when where why how each following".split()
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL)
_NOT_TEXT = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


def is_device(name: str) -> bool:
    """Whether Windows takes a file of this name for a device, with whatever ending.

    https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    """
    return bool(_DEVICE.fullmatch(name))


def name_from(texts: Iterable[str], taken: set[str], otherwise: str = "question") -> str:
    """A name out of the first of these texts that has words, which none of `taken` is.

    It is then among them.
    """
    slug = next((found for text in texts if (found := _slug(text))), otherwise)
    if slug not in taken:
        taken.add(slug)
        return slug
    used, free = 1, 2
    while _numbered(slug, free) in taken:
        used, free = free, 2 * free
    while free - used > 1:  # a name of very many need not be tried against each of them
        middle = (used + free) // 2
        used, free = (middle, free) if _numbered(slug, middle) in taken else (used, middle)
    name = _numbered(slug, free)
    taken.add(name)
    return name


def _numbered(slug: str, number: int) -> str:
    return f"{_short(slug, LONGEST - len(str(number)) - 1)}-{number}"


def _slug(text: str) -> str:
    plain = anyascii(re.sub(r"\$[^$]*\$", " ", text)).lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    telling = [word for word in words if word not in _FILLERS] or words
    is_word = bool(telling) and not telling[0][0].isdigit()
    if telling and (not is_word or (len(telling) == 1 and telling[0] in _NOT_TEXT)):
        telling.insert(0, "q")
    return _short("-".join(telling[:_WORDS]), LONGEST)


def _short(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug
    return slug[:longest].rpartition("-")[0] or slug[:longest]

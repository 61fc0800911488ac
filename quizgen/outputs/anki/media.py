"""Pictures and sounds under names that follow from their bytes.

Anki never replaces a file that it has by another of the same name, so what changes needs another
name; two items with one picture share one file.
"""

from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import PurePosixPath

from quizgen.markup import to_text
from quizgen.model import Image
from quizgen.outputs.words import length

_PREFIX = "quizgen-"
_PICTURE, _SOUND = '<img src="', "[sound:"


def holds_media(html: str) -> bool:
    """Whether a field shows a picture or plays a sound."""
    return _PICTURE + _PREFIX in html or _SOUND + _PREFIX in html


class Media:
    """The media of one deck: names for those that its notes show and play."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._bytes = media
        self._names: dict[str, str] = {}
        self.missing: list[str] = []

    @property
    def files(self) -> Mapping[str, bytes]:
        """What was asked for so far, by name."""
        return {name: self._bytes[path] for path, name in self._names.items()}

    def picture(self, image: Image | None) -> str:
        """The picture as HTML; empty where there is none."""
        if image is None or not (name := self._name(image.file)):
            return ""
        width = length(image.width)
        style = f' style="width:{width}"' if width else ""
        alt = escape(" ".join(to_text(image.alt).split()))
        return f'{_PICTURE}{name}" alt="{alt}"{style}>'

    def sound(self, path: str) -> str:
        """The sound as Anki plays it; empty where there is none."""
        name = self._name(path) if path else ""
        return f"{_SOUND}{name}]" if name else ""

    def _name(self, path: str) -> str:
        if path not in self._names:
            if path not in self._bytes:
                self.missing.append(path)
                return ""
            digest = sha256(self._bytes[path]).hexdigest()[:20]
            self._names[path] = f"{_PREFIX}{digest}{PurePosixPath(path).suffix.lower()}"
        return self._names[path]

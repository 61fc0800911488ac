"""The footers of a paper's sheets, and how those of several papers in one file are counted."""

from base64 import b64encode
from hashlib import sha256

from quizgen.model import Frozen


class PageMark(Frozen, frozen=True, kw_only=True):
    """The footer of one paper's sheets, as `content` of a style sheet: `mark` names the paper.

    `page` counts its sheets, where one file holds several papers. `is_wide` says that the mark
    leaves no room for what stands in the middle.
    """

    name: str
    mark: str
    page: str = ""
    is_wide: bool = False


class Counting(Frozen, frozen=True, kw_only=True):
    """The script that counts how many sheets each paper of a file has, before they are printed.

    A style sheet can count the sheets of a file but not those of a part. `of` is what to say after
    "Page 2", with "#" where the number belongs.
    """

    script: str
    of: str

    @property
    def digest(self) -> str:
        """The digest of the script, by which a page allows this one and no other."""
        return f"sha256-{b64encode(sha256(self.script.encode()).digest()).decode()}"


class Footer(Frozen, frozen=True, kw_only=True):
    """The footers of a file: what stands in the middle, the page count, and each paper's mark."""

    middle: str
    page: str
    pages: tuple[PageMark, ...]
    counting: Counting | None = None

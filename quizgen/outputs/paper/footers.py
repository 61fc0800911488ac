"""The footers of a paper's sheets, and what can be said of how many sheets there are."""

from quizgen.model import Frozen
from quizgen.outputs.paper.texts import PaperWords, css_string

_MOST_PAGES = 40


class PageMark(Frozen, frozen=True, kw_only=True):
    """The footer of one form's sheets, as `content` of a style sheet: `mark` names the paper.

    `page` counts its sheets, where one file holds several forms. `is_wide` says that the mark
    leaves no room for what stands in the middle.
    """

    name: str
    mark: str
    page: str = ""
    is_wide: bool = False


class Footer(Frozen, frozen=True, kw_only=True):
    """The footers of a file: what stands in the middle, the page count, and each form's mark.

    `totals` says, by the number of sheets in a file of several forms, how many each form has.
    """

    middle: str
    page: str
    pages: tuple[PageMark, ...]
    totals: tuple[str, ...] = ()


def page_totals(forms: int, words: PaperWords) -> tuple[str, ...]:
    """What to say after "Page 2" in a file of so many forms, by the number of all its sheets.

    A style sheet can count the sheets of a file but not those of a part. Forms of the same
    questions in the same order take equally many pages. Behind an odd number of them stands a
    blank one, but not at the end of the file, so the sum tells which it was. Where it is neither,
    nothing is said.
    """
    sums = {
        forms * pages + (forms - 1 if pages % 2 else 0): pages
        for pages in range(1, _MOST_PAGES + 1)
    }
    return tuple(
        css_string(words.say("of_pages", pages=sums[n])) if n in sums else '""'
        for n in range(1, max(sums) + 1)
    )

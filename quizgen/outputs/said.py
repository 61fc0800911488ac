"""Questions and options in words, for pages that speak of them away from their paper."""

from quizgen.core.asked import asked
from quizgen.model import Gap, Item, Option

_GAP = "\u2009\\_\\_\\_\\_\\_\u2009"


def question_said(item: Item) -> str:
    """What an item asks, as Markdown; a cloze with all its gaps alike."""
    return asked(item, _gap)


def _gap(_: Gap) -> str:
    return _GAP


def option_said(option: Option) -> str:
    """The text of an option, or the words of its picture."""
    return option.text or (option.image.alt if option.image else option.id)

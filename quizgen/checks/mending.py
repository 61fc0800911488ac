"""An item and a mend to the item as it then is: what the file must say once the mend stands in it."""

from typing import assert_never

from msgspec.structs import replace

from quizgen.model import Choice, Item
from quizgen.problem import Cite, Emphasise, Mend, Pin, Reorder


def mended(item: Item, mend: Mend) -> Item | None:
    """The item with nothing changed but what the mend says; None where it has no such thing."""
    match mend:
        case Pin(place=place):
            if not isinstance(item, Choice) or place >= len(item.options):
                return None
            options = list(item.options)
            options[place] = replace(options[place], pin="last")
            return replace(item, options=tuple(options))
        case Reorder(order=order):
            if not isinstance(item, Choice) or sorted(order) != list(range(len(item.options))):
                return None
            return replace(item, options=tuple(item.options[old] for old in order))
        case Emphasise(word=word, start=start):
            if not isinstance(item, Choice):
                return None
            end = start + len(word)
            bold = f"{item.stem[:start]}**{word}**{item.stem[end:]}"
            return replace(item, stem=bold) if item.stem[start:end] == word else None
        case Cite():
            if item.source is None:
                return None
            source = item.source
            digest, paragraphs = mend.digest or source.digest, mend.paragraphs or source.paragraphs
            return replace(item, source=replace(source, digest=digest, paragraphs=paragraphs))
        case _:
            assert_never(mend)

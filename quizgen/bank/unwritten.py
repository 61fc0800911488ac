"""What nobody wrote, where the model holds a default: as "level", which is recall then."""

from collections.abc import Iterable

from quizgen.bank.origin import Files, Origin


def unwritten(origin: Origin, items: Iterable[str], field: str) -> frozenset[str]:
    """Those of the items for which neither the question nor its file says the field."""
    files = Files(origin)
    found = set()
    for item in items:
        if (place := origin.items.get(item)) is not None:
            written = files.places(place.file).values
            if written.keys().isdisjoint(((*place.path, field), (field,))):
                found.add(item)
    return frozenset(found)

"""Several PDFs to one, tags and bookmarks kept: each begins on a right-hand page.

The objects of each file stay as they are, with other numbers; made anew are only those that stand
above the files' own. What the files share byte for byte, such as a font, is there once.
"""

from collections.abc import Callable, Mapping, Sequence

from quizgen.outputs.pdf.objects import (
    Document,
    Thing,
    Value,
    file_of,
    number_of,
    parsed,
    read,
    reference,
    renumbered,
    written,
)

_NONE, _CATALOG, _PAGES, _TREE, _OUTLINES, _INFO = range(6)
"""The numbers of what stands above the files' own."""

_SAID_OF_ALL = (b"/Lang", b"/ViewerPreferences")
"""What the first file says of itself and is so of all."""


def joined(papers: Sequence[bytes], title: str) -> bytes:
    """The papers as one PDF with that title.

    A blank page stands where one would else begin on the back of another. Same papers, same bytes.
    """
    join = _Join()
    for data in papers:
        join.take(read(data))
    return join.file(title)


class _Join:
    """The objects of the files taken so far, numbered on; and the rows of what is above them.

    A page and an annotation name their row in the table of parents by number; the numbers of each
    file follow on those of the ones before.
    """

    def __init__(self) -> None:
        self._things = [Thing(b"null")] * _INFO
        self._known: dict[Thing, int] = {}
        self._first: dict[bytes, Value] = {}
        self._pages: list[Value] = []
        self._page_count = 0
        self._sheet: Value = b"null"
        self._tags: list[Value] = []
        self._parents: list[Value] = []
        self._next_parent = 0
        self._ids: list[Value] = []
        self._places: dict[bytes, Value] = {}
        self._places_by_name: dict[bytes, Value] = {}
        self._bookmarks: list[tuple[int, int]] = []
        self._bookmark_count = 0

    def take(self, paper: Document) -> None:
        """The file's objects and its rows."""
        if self._page_count % 2:
            self._add_blank_page()
        catalog = paper.dictionary(paper.trailer[b"/Root"])
        numbers = self._numbers(paper, catalog)

        def moved(value: Value) -> Value:
            return parsed(renumbered(written(value), numbers, self._next_parent))

        pages = paper.dictionary(catalog[b"/Pages"])
        tree = paper.dictionary(catalog.get(b"/StructTreeRoot", b"null"))
        rows = _rows(paper, tree.get(b"/ParentTree", b"null"), b"/Nums")
        self._first = self._first or catalog
        self._page_count += int(written(pages[b"/Count"]))
        self._sheet = _sheet_of_last(paper, pages)
        self._pages.append(moved(catalog[b"/Pages"]))
        self._under(number_of(self._pages[-1]), b"/Parent", _PAGES)
        self._tags += [moved(tag) for tag in paper.array(tree[b"/K"])] if tree else []
        for number, row in rows:
            self._parents += [b"%d" % (self._next_parent + int(number)), moved(row)]
        for name, tag in _rows(paper, tree.get(b"/IDTree", b"null"), b"/Names"):
            self._ids += [name, moved(tag)]
        self._take_places(paper, catalog, moved)
        self._take_bookmarks(paper.dictionary(catalog.get(b"/Outlines", b"null")), moved)
        self._next_parent += 1 + max((int(number) for number, _ in rows), default=-1)

    def _numbers(self, paper: Document, catalog: Mapping[bytes, Value]) -> dict[int, int]:
        """The new number of each of the file's objects, which are taken over."""
        above = {b"/StructTreeRoot": _TREE, b"/Outlines": _OUTLINES, b"/Metadata": _NONE}
        numbers = {number_of(catalog[key]): to for key, to in above.items() if key in catalog}
        numbers[number_of(paper.trailer[b"/Root"])] = _CATALOG
        if b"/Info" in paper.trailer:
            numbers[number_of(paper.trailer[b"/Info"])] = _INFO
        own: list[Thing] = []
        for number, thing in paper.things.items():
            if number not in numbers:
                new = len(self._things) + len(own) + 1
                if thing.body and b" R" not in thing.head:
                    numbers[number] = self._known.setdefault(thing, new)
                else:
                    numbers[number] = new
                if numbers[number] == new:
                    own.append(thing)
        self._things += [
            Thing(renumbered(thing.head, numbers, self._next_parent), thing.body) for thing in own
        ]
        return numbers

    def _take_places(
        self, paper: Document, catalog: Mapping[bytes, Value], moved: Callable[[Value], Value]
    ) -> None:
        """The places that links lead to; of two with one name the first."""
        names = paper.dictionary(catalog.get(b"/Names", b"null"))
        for name, place in _rows(paper, names.get(b"/Dests", b"null"), b"/Names"):
            self._places.setdefault(name, moved(place))
        for name, place in paper.dictionary(catalog.get(b"/Dests", b"null")).items():
            self._places_by_name.setdefault(name, moved(place))

    def _take_bookmarks(
        self, outlines: Mapping[bytes, Value], moved: Callable[[Value], Value]
    ) -> None:
        """The file's bookmarks, after those before."""
        if b"/First" not in outlines:
            return
        first, last = (number_of(moved(outlines[end])) for end in (b"/First", b"/Last"))
        if self._bookmarks:
            _, before = self._bookmarks[-1]
            self._under(before, b"/Next", first)
            self._under(first, b"/Prev", before)
        self._bookmarks.append((first, last))
        self._bookmark_count += abs(int(written(outlines.get(b"/Count", b"0"))))

    def _under(self, number: int, key: bytes, to: int) -> None:
        """Let the dictionary of that number refer to another, too."""
        thing = self._things[number - 1]
        head = b"%s%s %s>>" % (thing.head.removesuffix(b">>"), key, reference(to))
        self._things[number - 1] = Thing(head, thing.body)

    def _add_blank_page(self) -> None:
        page: dict[bytes, Value] = {
            b"/Type": b"/Page",
            b"/Parent": reference(_PAGES),
            b"/MediaBox": self._sheet,
            b"/Resources": {},
        }
        self._things.append(Thing(written(page)))
        self._pages.append(reference(len(self._things)))
        self._page_count += 1

    def file(self, title: str) -> bytes:
        """All that was taken, as one PDF with that title."""
        catalog: dict[bytes, Value] = {
            b"/Type": b"/Catalog",
            b"/Pages": reference(_PAGES),
            b"/MarkInfo": {b"/Marked": b"true"},
        }
        catalog |= {key: self._first[key] for key in _SAID_OF_ALL if key in self._first}
        self._things[_PAGES - 1] = _thing(
            {b"/Type": b"/Pages", b"/Kids": self._pages, b"/Count": b"%d" % self._page_count}
        )
        if self._tags:
            catalog[b"/StructTreeRoot"] = reference(_TREE)
            self._things[_TREE - 1] = self._tree()
        if self._bookmarks:
            catalog[b"/Outlines"] = reference(_OUTLINES)
            self._things[_OUTLINES - 1] = _thing(
                {
                    b"/Type": b"/Outlines",
                    b"/First": reference(self._bookmarks[0][0]),
                    b"/Last": reference(self._bookmarks[-1][1]),
                    b"/Count": b"%d" % self._bookmark_count,
                }
            )
        if self._places:
            rows = [value for row in sorted(self._places.items()) for value in row]
            catalog[b"/Names"] = {b"/Dests": {b"/Names": rows}}
        if self._places_by_name:
            catalog[b"/Dests"] = self._places_by_name
        self._things[_CATALOG - 1] = _thing(catalog)
        self._things[_INFO - 1] = _thing(
            {b"/Title": _text(title), b"/Producer": b"(quizgen)"},
        )
        return file_of(self._things, {b"/Root": reference(_CATALOG), b"/Info": reference(_INFO)})

    def _tree(self) -> Thing:
        tree: dict[bytes, Value] = {
            b"/Type": b"/StructTreeRoot",
            b"/K": self._tags,
            b"/ParentTree": {b"/Nums": self._parents},
            b"/ParentTreeNextKey": b"%d" % self._next_parent,
        }
        if self._ids:
            tree[b"/IDTree"] = {b"/Names": self._ids}
        return _thing(tree)


def _thing(value: Value) -> Thing:
    return Thing(written(value))


def _text(text: str) -> bytes:
    return b"<%s>" % ("\ufeff" + text).encode("utf-16-be").hex().encode()


def _rows(paper: Document, tree: Value, key: bytes) -> list[tuple[bytes, Value]]:
    """The rows of a tree of numbers or names, which may have branches."""
    node = paper.dictionary(tree)
    values = paper.array(node.get(key, []))
    rows = [(written(k), v) for k, v in zip(values[::2], values[1::2], strict=True)]
    for branch in paper.array(node.get(b"/Kids", [])):
        rows += _rows(paper, branch, key)
    return rows


def _sheet_of_last(paper: Document, pages: Mapping[bytes, Value]) -> Value:
    """How large the last page under `pages` is."""
    sheet = pages.get(b"/MediaBox", b"null")
    if kids := paper.array(pages.get(b"/Kids", [])):
        below = _sheet_of_last(paper, paper.dictionary(kids[-1]))
        return sheet if below == b"null" else below
    return paper.value(sheet)

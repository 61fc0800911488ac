"""Several PDFs to one, tags and bookmarks kept: each begins on a right-hand page.

The objects of each file are copied; put together are only the tables that stand above them. What
the files share byte for byte, such as a font, is there once.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    NameTree,
    NumberTree,
    Object,
    ObjectStreamMode,
    Pdf,
    PdfError,
    Stream,
    String,
)

from quizgen.outputs.pdf.engine import EngineFault

_ROWS = ("/StructParents", "/StructParent")
"""How a page and an annotation name their row in the table of parents: by number."""

_SAID_OF_ALL = ("/Lang", "/ViewerPreferences", "/Metadata")
"""What the first file says of itself and is so of all."""

UNREADABLE = (
    "A PDF that was printed cannot be read, so that no file of all forms can be made."
    " Print once more, or with the other --pdf-engine."
)


def joined(papers: Sequence[bytes], title: str) -> bytes:
    """The papers as one PDF with that title.

    A blank page stands where one would else begin on the back of another. Same papers, same bytes.
    Raises EngineFault for what is no PDF.
    """
    with Pdf.new() as whole:
        try:
            join = _Join(whole)
            for data in papers:
                # To mend a file that was cut off would be to leave pages out in silence.
                join.take(Pdf.open(BytesIO(data), attempt_recovery=False))
            join.finish(title)
            return _file(whole)
        except PdfError as error:
            raise EngineFault(UNREADABLE) from error


class _Join:
    """The pages of the files taken so far, and the rows of what is above them.

    A page and an annotation name their row in the table of parents by number; the numbers of each
    file follow on those of the ones before.
    """

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._tree = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._tags: list[Object] = []
        self._parents: list[Object | int] = []
        self._next_parent = 0
        self._ids: dict[str, Object] = {}
        self._places: dict[str, Object] = {}
        self._places_by_name: dict[str, Object] = {}
        self._bookmarks: list[Object] = []
        self._bookmark_count = 0

    def take(self, paper: Pdf) -> None:
        """The file's pages and its rows."""
        pages, root = self._whole.pages, paper.Root
        if not len(pages):
            for key in _SAID_OF_ALL:
                if key in root:
                    self._whole.Root[key] = self._copied(paper, root[key])
        if len(pages) % 2:
            left, below, right, above = map(float, pages[-1].mediabox)
            self._whole.add_blank_page(page_size=(right - left, above - below))
        self._number_rows_on(paper)
        for page in paper.pages:
            pages.append(page)
        if "/StructTreeRoot" in root:
            self._take_tags(self._copied(paper, root.StructTreeRoot))
        if "/Outlines" in root:
            self._take_bookmarks(self._copied(paper, root.Outlines))
        # Of two places with one name, links lead to the first.
        if "/Names" in root and "/Dests" in root.Names:
            names = NameTree(self._copied(paper, root.Names.Dests))
            self._places = {**names, **self._places}
        if "/Dests" in root:
            self._places_by_name = {
                **self._copied(paper, root.Dests).as_dict(),
                **self._places_by_name,
            }

    def _copied(self, paper: Pdf, one: Object) -> Object:
        return self._whole.copy_foreign(paper.make_indirect(one))

    def _number_rows_on(self, paper: Pdf) -> None:
        for one in paper.objects:
            if isinstance(one, Dictionary | Stream):
                for key in _ROWS:
                    if key in one:
                        one[key] = int(one[key]) + self._next_parent

    def _take_tags(self, tree: Object) -> None:
        tags = tree.get("/K", Array())
        for tag in tags if isinstance(tags, Array) else [tags]:
            tag.P = self._tree
            self._tags.append(tag)
        first = self._next_parent
        for number, row in NumberTree(self._whole.make_indirect(tree.ParentTree)).items():
            self._parents += [first + number, row]
            self._next_parent = first + number + 1
        if "/IDTree" in tree:
            self._ids.update(NameTree(self._whole.make_indirect(tree.IDTree)))

    def _take_bookmarks(self, outlines: Object) -> None:
        own = list(_top_bookmarks(outlines))
        if own and self._bookmarks:
            self._bookmarks[-1].Next, own[0].Prev = own[0], self._bookmarks[-1]
        self._bookmarks += own
        self._bookmark_count += abs(int(outlines.get("/Count", 0)))

    def finish(self, title: str) -> None:
        """Put what was taken beneath the root, with that title."""
        root, info = self._whole.Root, self._whole.docinfo
        root.MarkInfo = Dictionary(Marked=True)
        if self._tags:
            self._tree.K = Array(self._tags)
            self._tree.ParentTree = Dictionary(Nums=Array(self._parents))
            self._tree.ParentTreeNextKey = self._next_parent
            if self._ids:
                self._tree.IDTree = _names(self._ids)
            root.StructTreeRoot = self._tree
        if self._bookmarks:
            root.Outlines = self._whole.make_indirect(
                Dictionary(
                    First=self._bookmarks[0], Last=self._bookmarks[-1], Count=self._bookmark_count
                )
            )
            for bookmark in self._bookmarks:
                bookmark.Parent = root.Outlines
        if self._places:
            root.Names = Dictionary(Dests=_names(self._places))
        if self._places_by_name:
            root.Dests = Dictionary(self._places_by_name)
        info["/Title"], info["/Producer"] = title, "quizgen"
        if "/Metadata" in root:
            with self._whole.open_metadata(
                set_pikepdf_as_editor=False, update_docinfo=False
            ) as said:
                said["dc:title"], said["pdf:Producer"] = title, "quizgen"


def _top_bookmarks(outlines: Object) -> Iterator[Object]:
    bookmark = outlines.get("/First")
    while bookmark is not None:
        yield bookmark
        bookmark = bookmark.get("/Next")


def _names(rows: Mapping[str, Object]) -> Object:
    return Dictionary(
        Names=Array([each for name, one in sorted(rows.items()) for each in (String(name), one)])
    )


def _file(whole: Pdf) -> bytes:
    """The bytes, with what is there several times only once."""
    first: dict[tuple[bytes, bytes], Object] = {}
    equal: dict[tuple[int, int], Object] = {}
    for one in whole.objects:
        if isinstance(one, Stream):
            known = first.setdefault((one.stream_dict.unparse(), one.read_raw_bytes()), one)
            equal[one.objgen] = known
    for one in whole.objects:
        # Tags lead to pages and to one another alone, and are most of all objects.
        if isinstance(one, Dictionary | Stream | Array) and not _is_tag(one):
            _refer_to(equal, one)
    out = BytesIO()  # what nothing refers to is not saved
    whole.save(
        out,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return out.getvalue()


def _is_tag(one: Object) -> bool:
    return isinstance(one, Dictionary) and one.get("/Type") == Name.StructElem


def _refer_to(others: Mapping[tuple[int, int], Object], one: Object) -> None:
    """Let a dictionary or array refer to `others` in place of those with their numbers."""
    within: list[tuple[Any, Any]] = list(enumerate(one) if isinstance(one, Array) else one.items())
    for key, value in within:
        if isinstance(value, Object):
            if value.objgen in others:
                one[key] = others[value.objgen]
            elif not value.is_indirect and isinstance(value, Dictionary | Array):
                _refer_to(others, value)

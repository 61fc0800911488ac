"""Several PDFs to one, tags and bookmarks kept: each begins on a right-hand page."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

_TREE, _PARENTS, _KEY = "/StructTreeRoot", "/ParentTree", "/StructParents"
_NOTE_KEY = "/StructParent"


def joined(papers: Sequence[bytes], title: str) -> bytes:
    """The papers as one PDF with that title.

    A blank page stands where one would else begin on the back of another. Same papers, same bytes.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    tags = _Tags(writer)
    for data in papers:
        if len(writer.pages) % 2:
            writer.add_blank_page()
        reader = PdfReader(BytesIO(data))
        first = len(writer.pages)
        writer.append(reader, import_outline=True)
        tags.take(reader, first)
    tags.finish()
    _describe(writer, PdfReader(BytesIO(papers[0])), title)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _describe(writer: "PdfWriter", first: "PdfReader", title: str) -> None:
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject

    writer.metadata = {"/Title": title, "/Producer": "quizgen"}
    root = writer.root_object
    for key in ("/Lang", "/ViewerPreferences"):
        if key in first.root_object:
            root[NameObject(key)] = first.root_object[key].clone(writer)
    root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})


class _Tags:
    """The trees of tags of several files as one.

    A page and an annotation name their row in the table of parents by number; the numbers of each
    file follow on those of the ones before.
    """

    def __init__(self, writer: "PdfWriter") -> None:
        from pypdf.generic import ArrayObject

        self._writer = writer
        self._kids = ArrayObject()
        self._rows = ArrayObject()
        self._next = 0

    def take(self, reader: "PdfReader", first: int) -> None:
        """The tags of a file whose pages are the writer's from `first` on."""
        from pypdf.generic import NameObject, NumberObject

        tree = reader.root_object.get(_TREE)
        if tree is None:
            return
        tree = tree.get_object().clone(self._writer).get_object()
        kids = tree["/K"]
        self._kids.extend(kids if isinstance(kids, list) else [tree.raw_get("/K")])
        rows = _numbered(tree[_PARENTS])
        for number, row in rows:
            self._rows.append(NumberObject(self._next + number))
            self._rows.append(row)
        for page, before in zip(self._writer.pages[first:], reader.pages, strict=True):
            if _KEY in before:  # pypdf leaves it behind
                page[NameObject(_KEY)] = NumberObject(self._next + int(str(before[_KEY])))
            for annotation in page.get("/Annots", ()):
                note = annotation.get_object()
                if _NOTE_KEY in note:
                    note[NameObject(_NOTE_KEY)] = NumberObject(self._next + int(note[_NOTE_KEY]))
        self._next += 1 + max((number for number, _ in rows), default=-1)

    def finish(self) -> None:
        """Hang the one tree into the file."""
        from pypdf.generic import DictionaryObject, NameObject, NumberObject

        parents = DictionaryObject({NameObject("/Nums"): self._rows})
        tree = DictionaryObject(
            {
                NameObject("/Type"): NameObject(_TREE),
                NameObject("/K"): self._kids,
                NameObject(_PARENTS): self._writer._add_object(parents),  # noqa: SLF001  # pypdf has no other
                NameObject("/ParentTreeNextKey"): NumberObject(self._next),
            }
        )
        root = self._writer._add_object(tree)  # noqa: SLF001
        for kid in self._kids:
            kid.get_object()[NameObject("/P")] = root
        self._writer.root_object[NameObject(_TREE)] = root


def _numbered(tree: Any) -> list[tuple[int, Any]]:
    """The rows of a tree of numbers, which may have branches."""
    numbers = tree.get("/Nums", [])
    rows = [(int(numbers[at]), numbers[at + 1]) for at in range(0, len(numbers), 2)]
    for branch in tree.get("/Kids", ()):
        rows += _numbered(branch.get_object())
    return rows

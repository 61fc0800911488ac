"""Several PDFs as one: what stood in each still leads where it led."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from quizgen.outputs.pdf.joining import joined
from quizgen.outputs.pdf.objects import Value, parsed, read, renumbered, written

_NOTHING: Mapping[bytes, Value] = {}


def paper(
    name: str,
    pages: int,
    *,
    above: Mapping[bytes, Value] = _NOTHING,
    tags: Mapping[bytes, Value] = _NOTHING,
) -> bytes:
    """A tagged PDF as engines write them; `above` and `tags` go into its root and its root of tags."""
    font = b"<</Length 4>>\nstream\nfont\nendstream"
    kids = [b"%d 0 R" % (10 + at) for at in range(pages)]
    root: dict[bytes, Value] = {
        b"/Type": b"/Catalog",
        b"/Pages": b"2 0 R",
        b"/Lang": b"(en)",
        b"/StructTreeRoot": b"3 0 R",
        b"/Outlines": b"5 0 R",
        **above,
    }
    rows: list[Value] = []
    for at in range(pages):
        rows += [b"%d" % at, [b"4 0 R"]]
    objects: dict[int, bytes] = {
        1: written(root),
        2: written({b"/Type": b"/Pages", b"/Kids": [*kids], b"/Count": b"%d" % pages}),
        3: written(
            {
                b"/Type": b"/StructTreeRoot",
                b"/K": b"4 0 R",
                b"/ParentTree": {b"/Nums": rows},
                **tags,
            }
        ),
        4: b"<</Type /StructElem/S /P/P 3 0 R/Pg 10 0 R/K 0/Alt (%s, not 10 0 R \\(7\\))>>"
        % name.encode(),
        5: b"<</First 6 0 R/Last 6 0 R/Count 1>>",
        6: b"<</Title (%s)/Parent 5 0 R/Dest [10 0 R /Fit]>>" % name.encode(),
        7: font,
        8: b"<</Title (%s)>>" % name.encode(),
    }
    for at in range(pages):
        objects[10 + at] = (
            b"<</Type /Page/Parent 2 0 R/MediaBox [0 0 100 %d]/StructParents %d/Resources <</F 7 0 R>>>>"
            % (200 + at, at)
        )
    out, places = BytesIO(), {}
    out.write(b"%PDF-1.4\n")
    for number, text in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, text))
    start = out.tell()
    out.write(b"xref\n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer\n<</Size 99/Root 1 0 R/Info 8 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def test_pages_tags_and_bookmarks_lead_where_they_led() -> None:
    """A file of three pages, one of two, one of one; the second begins on the fifth page."""
    pdf = joined([paper("A", 3), paper("B", 2), paper("C", 1)], "Höhe (all)")
    reader: Any = PdfReader(BytesIO(pdf), strict=True)
    heights = [page.mediabox.height for page in reader.pages]
    assert heights == [200, 201, 202, 202, 200, 201, 200]
    assert [
        (entry["/Title"], reader.get_destination_page_number(entry)) for entry in reader.outline
    ] == [("A", 0), ("B", 4), ("C", 6)]
    root = reader.root_object
    assert (reader.metadata.title, root["/Lang"]) == ("Höhe (all)", "en")
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    rows = dict(zip(numbers[::2], numbers[1::2], strict=True))
    said = [
        rows[page["/StructParents"]][0].get_object()["/Alt"] if "/StructParents" in page else ""
        for page in reader.pages
    ]
    assert said == [
        f"{name}, not 10 0 R (7)" if name else "" for name in ("A", "A", "A", "", "B", "B", "C")
    ]
    tree = root["/StructTreeRoot"]
    assert all(kid.get_object()["/P"] == tree for kid in tree["/K"])


def test_what_files_share_is_there_once() -> None:
    pdf = joined([paper("A", 1), paper("B", 1)], "All")
    assert pdf.count(b"\nfont\n") == 1
    pages: Any = PdfReader(BytesIO(pdf)).pages
    assert pages[0]["/Resources"]["/F"].get_data() == pages[2]["/Resources"]["/F"].get_data()


@pytest.mark.parametrize(
    "above",
    [
        {b"/Dests": {b"/end": [b"11 0 R", b"/Fit"]}},
        {b"/Names": {b"/Dests": {b"/Kids": [{b"/Names": [b"(end)", [b"11 0 R", b"/Fit"]]}]}}},
    ],
)
def test_a_link_within_a_file_finds_its_place(above: Mapping[bytes, Value]) -> None:
    """By both engines' kinds of names; the second file, which has the place, begins on page 3."""
    pdf = joined([paper("A", 1), paper("B", 2, above=above)], "All")
    reader = PdfReader(BytesIO(pdf))
    (place,) = reader.named_destinations.values()
    assert reader.get_destination_page_number(place) == 3


def test_cells_of_tables_are_found_by_name_in_all_files() -> None:
    """Screen readers find the heads of a cell by them."""
    files = [
        paper(
            name,
            1,
            tags={b"/IDTree": {b"/Kids": [{b"/Names": [b"(%s)" % name.encode(), b"4 0 R"]}]}},
        )
        for name in "AB"
    ]
    reader: Any = PdfReader(BytesIO(joined(files, "All")))
    names = reader.root_object["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert [
        (at, tag.get_object()["/Alt"][0]) for at, tag in zip(names[::2], names[1::2], strict=True)
    ] == [
        ("A", "A"),
        ("B", "B"),
    ]


def test_what_is_joined_can_be_joined_again() -> None:
    once = joined([paper("A", 2), paper("B", 1)], "All")
    assert len(PdfReader(BytesIO(joined([once, once], "Twice"))).pages) == 7


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 cut", paper("A", 1)[:-30]])
def test_a_file_that_was_cut_off_is_refused(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="PDF"):
        read(pdf)


@given(st.integers(0, 10**6), st.integers(0, 50))
def test_references_move_and_what_looks_like_one_in_words_stays(by: int, row: int) -> None:
    head = b"<</A 7 0 R/B (7 0 R \\) /StructParents 3)/StructParents 3/C [7 0 R 7]>>"
    moved = renumbered(head, {7: 7 + by}, row)
    told = b"%d 0 R" % (7 + by)
    assert parsed(moved) == {
        b"/A": told,
        b"/B": b"(7 0 R \\) /StructParents 3)",
        b"/StructParents": b"%d" % (3 + row),
        b"/C": [told, b"7"],
    }

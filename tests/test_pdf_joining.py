"""Several PDFs as one: what stood in each still leads where it led."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader

from quizgen.outputs.pdf.engine import EngineFault
from quizgen.outputs.pdf.joining import joined


def paper(name: str, pages: int, *, place: str = "", cells: bool = False) -> bytes:
    """A tagged PDF as engines write them; `place` is the kind of name that its last page has."""
    pdf = pikepdf.new()
    font = pdf.make_stream(b"font")
    for at in range(pages):
        pdf.add_blank_page(page_size=(100, 200 + at))
        page = pdf.pages[at].obj
        page.StructParents, page.Resources = at, Dictionary(F=font)
    first, last = pdf.pages[0].obj, pdf.pages[-1].obj
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tag = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, P=tree, Pg=first, K=0, Alt=String(name))
    )
    tree.K = tag
    tree.ParentTree = Dictionary(
        Nums=Array([each for at in range(pages) for each in (at, Array([tag]))])
    )
    if cells:
        names = Array([String(name), tag])
        tree.IDTree = Dictionary(Kids=Array([_branch(pdf, name, names)]))
    bookmarks = pdf.make_indirect(Dictionary(Count=1))
    bookmarks.First = bookmarks.Last = pdf.make_indirect(
        Dictionary(Title=String(name), Parent=bookmarks, Dest=Array([first, Name.Fit]))
    )
    root = pdf.Root
    root.StructTreeRoot, root.Outlines, root.Lang = tree, bookmarks, String("en")
    goal = Array([last, Name.Fit])
    match place:
        case "name":
            root.Dests = Dictionary(end=goal)
        case "string":
            names = Array([String("end"), goal])
            root.Names = Dictionary(Dests=Dictionary(Kids=Array([_branch(pdf, "end", names)])))
        case _:
            pass
    out = BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def _branch(pdf: pikepdf.Pdf, name: str, names: Array) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(Limits=Array([String(name), String(name)]), Names=names))


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
    assert said == ["A", "A", "A", "", "B", "B", "C"]
    tree = root["/StructTreeRoot"]
    assert all(kid.get_object()["/P"] == tree for kid in tree["/K"])


def test_the_page_between_is_blank() -> None:
    blank: Any = PdfReader(BytesIO(joined([paper("A", 1), paper("B", 1)], "All"))).pages[1]
    contents = blank.get_contents()
    assert contents is None or contents.get_data().strip() == b""


def test_what_files_share_is_there_once() -> None:
    pdf = joined([paper("A", 1), paper("B", 1)], "All")
    pages: Any = PdfReader(BytesIO(pdf)).pages
    fonts = [pages[at]["/Resources"].raw_get("/F") for at in (0, 2)]
    assert fonts[0] == fonts[1]
    assert fonts[0].get_object().get_data() == b"font"


@pytest.mark.parametrize("place", ["name", "string"])
def test_a_link_within_a_file_finds_its_place(place: str) -> None:
    """By both engines' kinds of names; the second file, which has the place, begins on page 3."""
    pdf = joined([paper("A", 1), paper("B", 2, place=place)], "All")
    reader = PdfReader(BytesIO(pdf))
    (found,) = reader.named_destinations.values()
    assert reader.get_destination_page_number(found) == 3


def test_of_two_places_with_one_name_links_lead_to_the_first() -> None:
    pdf = joined([paper("A", 1, place="string"), paper("B", 1, place="string")], "All")
    reader = PdfReader(BytesIO(pdf))
    (found,) = reader.named_destinations.values()
    assert reader.get_destination_page_number(found) == 0


def test_cells_of_tables_are_found_by_name_in_all_files() -> None:
    """Screen readers find the heads of a cell by them."""
    files = [paper(name, 1, cells=True) for name in "AB"]
    reader: Any = PdfReader(BytesIO(joined(files, "All")))
    names = reader.root_object["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert [
        (at, tag.get_object()["/Alt"]) for at, tag in zip(names[::2], names[1::2], strict=True)
    ] == [("A", "A"), ("B", "B")]


def test_same_papers_same_bytes_and_no_day() -> None:
    """Of what the first file says of itself, the mark of PDF/UA stays, and the title does not."""
    pdf = pikepdf.open(BytesIO(paper("A", 1)))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        told["pdfuaid:part"], told["dc:title"] = "1", "A"
    out = BytesIO()
    pdf.save(out)
    files = [out.getvalue(), paper("B", 1)]
    whole = joined(files, "All")
    assert whole == joined(files, "All")
    reader: Any = PdfReader(BytesIO(whole))
    assert dict(reader.metadata) == {"/Title": "All", "/Producer": "quizgen"}
    assert b"Date" not in reader.root_object["/Metadata"].get_data()
    said = pikepdf.open(BytesIO(whole)).open_metadata()
    assert (said["pdfuaid:part"], said["dc:title"]) == ("1", "All")


def test_what_is_joined_can_be_joined_again() -> None:
    once = joined([paper("A", 2), paper("B", 1)], "All")
    assert len(PdfReader(BytesIO(joined([once, once], "Twice"))).pages) == 7


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 cut", paper("A", 1)[:-30]])
def test_a_file_that_was_cut_off_is_refused(pdf: bytes) -> None:
    """With a sentence that says what to do."""
    with pytest.raises(EngineFault, match=r"cannot be read.*Print once more"):
        joined([paper("A", 1), pdf], "All")

"""A quiz to printed papers: a self-contained HTML file for each form and one with all, and keys.

Students' files and the teacher's stand in separate folders, and nothing of the key is handed to
the templates of the first. Orders, letters and points are those of `core`; nothing is drawn here.
A form's letter and digest stand in the names of its paper and of its key, so that neither is ever
laid beside another version of the other.
"""

from collections.abc import Mapping, Sequence

from quizgen.core.form import make_forms
from quizgen.model import Bank, Form, Frozen, Quiz
from quizgen.outputs.built import Built, Product
from quizgen.outputs.paper.pages import Pages
from quizgen.outputs.paper.pictures import data_uris, unprintable
from quizgen.outputs.template import Templates

STUDENTS, TEACHER = "students", "teacher"


class Printing(Frozen, frozen=True, kw_only=True):
    """Where the papers of a quiz go, whether they are drafts, and which are printed besides.

    All stand under `folder`; each page of a draft says that it is one. `large_print` adds each
    form in 18 pt for low vision: its letters and its digest are those of the normal form.
    `answer_sheet` adds a page for each form to mark the answers on.
    """

    folder: str = "build"
    is_draft: bool = True
    large_print: bool = False
    answer_sheet: bool = False


def build(
    bank: Bank,
    quiz: Quiz,
    *,
    media: Mapping[str, bytes],
    templates: Templates,
    forms: Sequence[Form] = (),
    printing: Printing = Printing(),  # noqa: B008  # frozen
) -> Built:
    """The papers of one quiz: each form, all forms, each form's key and itself with its answers
    marked, and all keys side by side.

    `forms` are those that were handed out; without them the quiz's own are made. `media` maps a
    picture's path under `questions/` to its bytes. Same values, same bytes.
    """
    pages = Pages(bank, quiz, data_uris(quiz, media), templates, is_draft=printing.is_draft)
    folder = printing.folder
    files: dict[str, bytes] = {}
    products: list[Product] = []

    def add(kind: str, path: str, html: str, form: str = "") -> None:
        files[path] = html.encode()
        items = sum(map(len, quiz.drawn()))
        products.append(Product(kind=kind, path=path, quiz=quiz.plan.id, form=form, items=items))

    forms = forms or make_forms(quiz)
    sections = [pages.form_section(form) for form in forms]
    for form, section in zip(forms, sections, strict=True):
        add("paper.form", form_path(form, folder), pages.form_page(form, section), form.letter)
    add("paper.forms", forms_path(quiz, folder), pages.forms_page(forms, sections))
    if printing.large_print:
        for form, section in zip(forms, sections, strict=True):
            page = pages.form_page(form, section, size="large")
            add("paper.large", large_path(form, folder), page, form.letter)
    if printing.answer_sheet:
        for form in forms:
            add("paper.sheet", sheet_path(form, folder), pages.sheet_page(form), form.letter)
    for form in forms:
        add("paper.key", key_path(form, folder), pages.key_page(form), form.letter)
    for form in forms:
        add("paper.marked", marked_path(form, folder), pages.marked_page(form), form.letter)
    add("paper.keys", keys_path(quiz, folder), pages.keys_page(forms))
    return Built(files=files, products=tuple(products), problems=unprintable(quiz, media))


def form_path(form: Form, folder: str = "build") -> str:
    """Where the paper of one form stands."""
    return f"{folder}/{STUDENTS}/{_name(form)}.html"


def large_path(form: Form, folder: str = "build") -> str:
    """Where the paper of one form stands in large print."""
    return f"{folder}/{STUDENTS}/{_name(form)}-large.html"


def sheet_path(form: Form, folder: str = "build") -> str:
    """Where the answer sheet of one form stands."""
    return f"{folder}/{STUDENTS}/{_name(form, 'sheet-')}.html"


def forms_path(quiz: Quiz, folder: str = "build") -> str:
    """Where the papers of all forms stand in one file."""
    return f"{folder}/{STUDENTS}/{quiz.plan.id}-all.html"


def key_path(form: Form, folder: str = "build") -> str:
    """Where the key of one form stands."""
    return f"{folder}/{TEACHER}/{_name(form, 'key-')}.html"


def marked_path(form: Form, folder: str = "build") -> str:
    """Where the paper of one form stands with its answers marked in it."""
    return f"{folder}/{TEACHER}/{_name(form, 'marked-')}.html"


def keys_path(quiz: Quiz, folder: str = "build") -> str:
    """Where the keys of all forms stand side by side."""
    return f"{folder}/{TEACHER}/{quiz.plan.id}-key-all.html"


def _name(form: Form, what: str = "") -> str:
    return f"{form.quiz.plan.id}-{what}{form.letter}-{form.digest}"

"""A quiz to printed papers: a self-contained HTML file for each form and one with all, and keys.

Students' files and the teacher's stand in separate folders, and nothing of the key is handed to
the templates of the first. Orders, letters and points are those of `core`; nothing is drawn here.
A form's letter and digest stand in the names of its paper and of its key, so that neither is ever
laid beside another version of the other.
"""

from collections.abc import Mapping

from quizgen.core.form import make_forms
from quizgen.model import Bank, Form, Quiz
from quizgen.outputs.built import Built, Product
from quizgen.outputs.paper.pages import Pages
from quizgen.outputs.paper.pictures import data_uris, unprintable
from quizgen.outputs.template import Templates

STUDENTS, TEACHER = "build/students", "build/teacher"


def build(bank: Bank, quiz: Quiz, *, media: Mapping[str, bytes], templates: Templates) -> Built:
    """The papers of one quiz: each form, all forms, the key of each form, all keys side by side.

    `media` maps a picture's path under `questions/` to its bytes. Same values, same bytes.
    """
    pages = Pages(bank, quiz, data_uris(quiz, media), templates)
    name = quiz.plan.id
    files: dict[str, bytes] = {}
    products: list[Product] = []

    def add(kind: str, path: str, html: str, form: str = "") -> None:
        files[path] = html.encode()
        items = len(quiz.items)
        products.append(Product(kind=kind, path=path, quiz=name, form=form, items=items))

    forms = make_forms(quiz)
    sections = [pages.form_section(form) for form in forms]
    for form, section in zip(forms, sections, strict=True):
        add("paper.form", form_path(form), pages.form_page(form, section), form.letter)
    add("paper.forms", f"{STUDENTS}/{name}-all.html", pages.forms_page(forms, sections))
    for form in forms:
        add("paper.key", key_path(form), pages.key_page(form), form.letter)
    add("paper.keys", f"{TEACHER}/{name}-key-all.html", pages.keys_page(forms))
    return Built(files=files, products=tuple(products), problems=unprintable(quiz, media))


def form_path(form: Form) -> str:
    """Where the paper of one form stands."""
    return f"{STUDENTS}/{form.quiz.plan.id}-{form.letter}-{form.digest}.html"


def key_path(form: Form) -> str:
    """Where the key of one form stands."""
    return f"{TEACHER}/{form.quiz.plan.id}-key-{form.letter}-{form.digest}.html"

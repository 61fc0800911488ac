"""Templates to text: the one module that knows Jinja2, and where templates live.

A project's own `templates/` overrides ours file by file, or block by block: ours are always there
as `quizgen/...`, so that a project's `paper/form.html` may extend `quizgen/paper/form.html`. They
may be a stranger's, so they run in a sandbox: a template fills in what it is given and reaches
nothing else but the files beside it. Ours stand beside the package in a checkout and inside it in
an installed wheel.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import TYPE_CHECKING, Any

from quizgen.model import Frozen
from quizgen.outputs.data_uri import data_uri, picture_type

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_PACKAGE = Path(__file__).resolve().parent.parent
_OURS = "quizgen"
"""Under this name a template finds ours, whatever the project overrides."""


class TemplateFault(Exception):
    """A project's own template cannot be used: one sentence that names it."""


def _own_templates() -> Path:
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


class Templates:
    """The templates of one project: a file of the project's own folder, else ours.

    All raise TemplateFault where a file is missing, is not UTF-8 text or does not say what it must.
    """

    def __init__(self, project: Path | None = None) -> None:
        self._folders = [*([project / "templates"] if project else []), _own_templates()]

    @cached_property
    def _environment(self) -> "ImmutableSandboxedEnvironment":
        from jinja2 import (
            ChoiceLoader,
            FileSystemLoader,
            PrefixLoader,
            StrictUndefined,
            select_autoescape,
        )
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        class Sandbox(ImmutableSandboxedEnvironment):
            def getattr(self, obj: Any, attribute: str) -> Any:
                """A field of a frozen value without more ado, since pages are made of nothing else."""
                if isinstance(obj, Frozen) and attribute in obj.__struct_fields__:
                    return getattr(obj, attribute)
                return super().getattr(obj, attribute)

        ours = PrefixLoader({_OURS: FileSystemLoader(_own_templates())})
        sandbox = Sandbox(
            loader=ChoiceLoader([FileSystemLoader(self._folders), ours]),
            autoescape=select_autoescape(["html", "svg"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        sandbox.filters["data_uri"] = self.data_uri
        return sandbox

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Fill the template `name`, such as `paper/form.html`; values are escaped in HTML."""
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            return self._environment.get_template(name).render(values)
        except TemplateSyntaxError as error:
            place = f"templates/{error.name or name}, line {error.lineno}"
            raise TemplateFault(f"{place}: {error.message}") from error
        except TemplateError as error:
            raise TemplateFault(f"templates/{name}: {error}.") from error

    def source(self, name: str) -> str:
        """The text of `name` as it stands: style sheets, card scripts."""
        path = self._path(name)
        if path is None:
            raise TemplateFault(f"templates/{name} is missing.")
        return _text(path, name)

    def data_uri(self, name: str) -> str:
        """A picture among the templates, such as `paper/crest.png`, as it stands in a page."""
        path = None if ".." in PurePosixPath(name).parts else self._path(name)
        if path is None:
            raise TemplateFault(f"templates/{name} is missing.")
        kind = picture_type(name)
        if not kind:
            raise TemplateFault(f"templates/{name} is no picture that a browser can show.")
        return data_uri(kind, path.read_bytes())

    def _path(self, name: str) -> Path | None:
        paths = (folder / name for folder in self._folders)
        return next((path for path in paths if path.is_file()), None)

    def words(self, output: str, language: str) -> dict[str, str]:
        """The words that `output` prints, in `language` where there is a catalogue, else English.

        A catalogue is `OUTPUT/words/LANGUAGE.json`. A project's own needs only the words that it
        changes: the rest comes from ours, and what that lacks from the English one.
        """
        words: dict[str, str] = {}
        for name in dict.fromkeys(("en", language.partition("-")[0], language)):
            path = f"{output}/words/{name}.json"
            for folder in reversed(self._folders):
                if (folder / path).is_file():
                    said = self._catalogue(folder, path)
                    _refuse_places(path, said, words)
                    words |= said
        return words

    def _catalogue(self, folder: Path, name: str) -> dict[str, str]:
        try:
            words = json.loads(_text(folder / name, name))
        except json.JSONDecodeError as error:
            raise TemplateFault(f"templates/{name}, line {error.lineno}: {error.msg}.") from error
        if not isinstance(words, dict) or not all(isinstance(w, str) for w in words.values()):
            raise TemplateFault(f"templates/{name} is no list of words with their names.")
        return words


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TemplateFault(f"templates/{name} is not UTF-8 text.") from error


def _refuse_places(name: str, said: Mapping[str, str], words: Mapping[str, str]) -> None:
    """Raise where a sentence has a place that is never filled in the one that it stands for."""
    for key in said.keys() & words.keys():
        if strange := _places(said[key]) - _places(words[key]):
            raise TemplateFault(
                f'templates/{name}: nothing fills {", ".join(sorted(strange))} in "{key}".'
            )


def _places(sentence: str) -> set[str]:
    try:
        return {
            f"{{{place}}}" for _, place, _, _ in Formatter().parse(sentence) if place is not None
        }
    except ValueError:
        return {"a brace"}

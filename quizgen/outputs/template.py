"""Templates to text: the one module that knows Jinja2, and where templates live.

A project's own `templates/` overrides ours file by file. They may be a stranger's, so they run in
a sandbox: a template fills in what it is given and reaches nothing else. Ours stand beside the
package in a checkout and inside it in an installed wheel.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_PACKAGE = Path(__file__).resolve().parent.parent


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
        from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        return ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folders),
            autoescape=select_autoescape(["html", "svg"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

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
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise TemplateFault(f"templates/{name} is not UTF-8 text.") from error

    def _path(self, name: str) -> Path | None:
        paths = (folder / name for folder in self._folders)
        return next((path for path in paths if path.is_file()), None)

    def words(self, output: str, language: str) -> dict[str, Any]:
        """The words that `output` prints, in `language` where there is a catalogue, else English.

        A catalogue is `OUTPUT/words/LANGUAGE.json`; what it lacks comes from the English one.
        """
        words = self._catalogue(f"{output}/words/en.json")
        for name in dict.fromkeys((language.partition("-")[0], language)):
            path = f"{output}/words/{name}.json"
            if name != "en" and self._path(path):
                words |= self._catalogue(path)
        return words

    def _catalogue(self, name: str) -> dict[str, Any]:
        try:
            words = json.loads(self.source(name))
        except json.JSONDecodeError as error:
            raise TemplateFault(f"templates/{name}, line {error.lineno}: {error.msg}.") from error
        if not isinstance(words, dict):
            raise TemplateFault(f"templates/{name} is no list of words with their names.")
        return words

"""Templates to text: the one module that knows Jinja2, and where templates live.

A project's own `templates/` overrides ours file by file. Ours stand beside the package in a
checkout and inside it in an installed wheel.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_PACKAGE = Path(__file__).resolve().parent.parent


def _own_templates() -> Path:
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


class Templates:
    """The templates of one project: a file of the project's own folder, else ours."""

    def __init__(self, project: Path | None = None) -> None:
        folders = [project / "templates"] if project else []
        self._loader = FileSystemLoader([*folders, _own_templates()])

    @cached_property
    def _environment(self) -> Environment:
        return Environment(
            loader=self._loader,
            autoescape=select_autoescape(["html", "svg"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Fill the template `name`, such as `paper/form.html`; values are escaped in HTML."""
        return self._environment.get_template(name).render(values)

    def source(self, name: str) -> str:
        """The text of `name` as it stands: style sheets, card scripts."""
        text, _, _ = self._loader.get_source(self._environment, name)
        return text

    def words(self, output: str, language: str) -> dict[str, Any]:
        """The words that `output` prints, in `language` where there is a catalogue, else English.

        A catalogue is `OUTPUT/words/LANGUAGE.json`; what it lacks comes from the English one.
        """
        words: dict[str, Any] = json.loads(self.source(f"{output}/words/en.json"))
        for name in dict.fromkeys((language.partition("-")[0], language)):
            path = f"{output}/words/{name}.json"
            if name != "en" and path in self._loader.list_templates():
                words |= json.loads(self.source(path))
        return words

"""YAML as editors read it (version 1.2, core schema), and the examples in the documentation."""

import re
from typing import Any, NamedTuple

import yaml

from tests.conftest import ROOT


class Example(NamedTuple):
    """A block of YAML in a page, and the line on which it starts."""

    page: str
    line: int
    text: str

    @property
    def is_bank(self) -> bool:
        return re.search(r"^bank:", self.text, re.MULTILINE) is not None

    @property
    def is_corrections(self) -> bool:
        return self.text.startswith("corrections:")

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def examples() -> list[Example]:
    """Every block of YAML in README.md and docs/*.md, of a bank or of corrections.

    Those of docs/rules.md are there to break a rule; tests/test_rules.py reads them.
    """
    found = []
    pages = (path for path in sorted((ROOT / "docs").glob("*.md")) if path.name != "rules.md")
    for page in (ROOT / "README.md", *pages):
        text = page.read_text(encoding="utf-8")
        for block in re.finditer(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            line = text.count("\n", 0, block.start()) + 2
            found.append(Example(page.relative_to(ROOT).as_posix(), line, block[1]))
    return found


class _Core(yaml.SafeLoader):
    """Plain scalars as YAML 1.2's core schema has them: no dates, no `yes`, no sexagesimals."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:  # type: ignore[override]
        """Keys are texts, as they are in JSON."""
        del deep
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


_CORE = (
    ("null", r"~|null|Null|NULL|", "~nN", True),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF", False),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789", False),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+0123456789.",
        False,
    ),
)
for _name, _pattern, _first, _empty in _CORE:
    _Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}",
        re.compile(f"^(?:{_pattern})$"),
        [*_first, ""] if _empty else list(_first),
    )


def _integer(loader: _Core, node: Any) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def _float(loader: _Core, node: Any) -> float:
    return float(
        loader.construct_scalar(node).lower().replace(".inf", "inf").replace(".nan", "nan")
    )


_Core.add_constructor("tag:yaml.org,2002:int", _integer)
_Core.add_constructor("tag:yaml.org,2002:float", _float)


def as_editors_read(text: str) -> Any:
    """The value of a YAML text under version 1.2."""
    return yaml.load(text, Loader=_Core)  # noqa: S506 - it makes plain values alone

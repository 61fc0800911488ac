"""`quizgen schema`: the JSON Schema that lets an editor check and complete question files."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from quizgen.bank.schema import json_schema
from quizgen.commands.project import write_files

DESCRIPTION = """\
Write the JSON Schema of question files and bank.yaml. Editors with a YAML plug-in
then complete fields, show what each is for and mark slips as you type."""

EXAMPLES = """\
examples:
  quizgen schema                                  print it
  quizgen schema -o questions/quizgen.schema.json write it

A question file finds it by its first line:
  # yaml-language-server: $schema=quizgen.schema.json"""


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `schema`."""
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to this file")


def run(args: Namespace) -> int:
    """Print or write the schema."""
    text = schema_text()
    if args.output is None:
        print(text, end="")
    else:
        write_files(args.output.parent, {args.output.name: text.encode()})
        print(f"Wrote {args.output}")
    return 0


def schema_text() -> str:
    """The schema as it stands in a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=True) + "\n"

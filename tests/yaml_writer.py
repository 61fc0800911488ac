"""Items to YAML in any layout that an author may choose: the way back from the model, for tests alone.

`tree` says what is written, `layout` how; both take their choices from a source of randomness.
"""

import re
from fractions import Fraction
from random import Random
from typing import TypeAlias, assert_never

from quizgen.bank.shapes import identity
from quizgen.model import (
    Card,
    Choice,
    Citation,
    Cloze,
    Entry,
    Gap,
    Image,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Passage,
    Tolerance,
    TrueFalse,
)

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"


class Bare(str):
    """A text that is written without quotes: true and false."""

    __slots__ = ()


# --- What is written -----------------------------------------------------------------------------


def tree(item: Item, rnd: Random) -> dict[str, Tree]:
    """The fields of an item; what may be said in two ways is said in either, in any order."""
    fields = [*_common(item, rnd).items(), *_own(item, rnd).items()]
    rnd.shuffle(fields)
    return dict(fields)


def passage_tree(passage: Passage, items: list[dict[str, Tree]]) -> dict[str, Tree]:
    """A passage with its questions below it."""
    found: dict[str, Tree] = {"id": passage.id, "passage": passage.text}
    if passage.title:
        found["title"] = passage.title
    if passage.image:
        found["image"] = _image(passage.image)
    return {**found, "questions": [*items]}


def _common(item: Item, rnd: Random) -> dict[str, Tree]:
    found: dict[str, Tree] = {"id": item.id}
    texts = {"topic": item.topic, "goal": item.goal, "explain": item.explain, "hint": item.hint,
             "audio": item.audio, "retired": item.retired}  # fmt: skip
    found |= {key: text for key, text in texts.items() if text}
    if item.tags:
        found["tags"] = _one_or_list(item.tags, rnd)
    if item.level != "recall" or rnd.random() < 0.2:
        found["level"] = item.level
    follows = isinstance(item, Open) and item.rubric  # then silence means the rubric's total
    if item.points != 1 or follows or rnd.random() < 0.2:
        found["points"] = _number(item.points, rnd)
    if item.use != "both":
        found["use"] = item.use
    for name, flag in (("claim", item.claim), ("draft", item.draft)):
        if flag or rnd.random() < 0.2:
            found[name] = _flag(flag, rnd)
    if item.image:
        found["image"] = _image(item.image)
    if item.source:
        found["source"] = _citation(item.source, rnd)
    if item.corrected:
        found["corrected"] = {"date": item.corrected.date, "text": item.corrected.text}
    if item.ignore:
        found["ignore"] = dict(item.ignore)
    if rnd.random() < 0.2:
        found["type"] = str(item.__struct_config__.tag)
    return found


def _own(item: Item, rnd: Random) -> dict[str, Tree]:
    match item:
        case Choice():
            return {"stem": item.stem, **_choice(item, rnd)}
        case TrueFalse():
            return {"statement": item.statement, "answer": _flag(item.answer, rnd)}
        case Entry():
            close: dict[str, Tree] = {"close": dict(item.close)} if item.close else {}
            accept = _one_or_list(item.accept, rnd)
            return {"stem": item.stem, "accept": accept, "kind": item.kind, **close}
        case Number():
            return {"stem": item.stem, **_number_fields(item, rnd)}
        case Cloze():
            stem: dict[str, Tree] = {"stem": item.stem} if item.stem else {}
            text = "".join(map(_part, item.parts))
            return {**stem, "cloze": text, "kind": item.kind}
        case Match():
            return {"stem": item.stem, **_match(item, rnd)}
        case Order():
            things: list[Tree] = [_option(one, rnd) for one in item.sequence]
            return {"stem": item.stem, "order": things}
        case Open():
            rubric: list[Tree] = [
                line.text
                if line.points == 1
                else {"text": line.text, "points": _number(line.points, rnd)}
                for line in item.rubric
            ]
            more: dict[str, Tree] = {"rubric": rubric} if rubric else {}
            room: dict[str, Tree] = {"lines": str(item.lines), "grid": _flag(item.grid, rnd)}
            return {"stem": item.stem, "model": item.model, **room, **more}
        case Card():
            fields: dict[str, Tree] = {"front": item.front, "back": item.back}
            return {**fields, "reverse": _flag(item.reverse, rnd)}
        case _:
            assert_never(item)


def _choice(item: Choice, rnd: Random) -> dict[str, Tree]:
    by_id = {option.id: option for option in item.options}
    keys = [by_id[key] for key in item.keys]
    if item.arrangement == "fixed":
        texts: list[Tree] = [key.text for key in keys]
        answer: dict[str, Tree] = {"answers": texts} if item.multiple else {"answer": texts[0]}
        return {**answer, "options": [_option(option, rnd) for option in item.options]}
    right: list[Tree] = [_option(key, rnd) for key in keys]
    said: dict[str, Tree] = {"answers": right} if item.multiple else {"answer": right[0]}
    wrong = [_option(option, rnd) for option in item.options if option.id not in item.keys]
    return {**said, "distractors": [*wrong]} if wrong else said


def _number_fields(item: Number, rnd: Random) -> dict[str, Tree]:
    found: dict[str, Tree] = {"number": item.text}
    if item.unit:
        found["unit"] = item.unit
    if item.units:
        found["units"] = {name: _number(factor, rnd) for name, factor in item.units.items()}
    if item.tolerance:
        found["tolerance"] = _tolerance(item.tolerance, rnd)
    if item.bands:
        found["bands"] = [
            {"tolerance": _tolerance(band.tolerance, rnd), "share": str(band.share)}
            for band in item.bands
        ]
    return found


def _match(item: Match, rnd: Random) -> dict[str, Tree]:
    found: dict[str, Tree] = {"extra": [_option(one, rnd) for one in item.extra]}
    if not item.extra:
        found = {}
    plain = all(pair.left == Option(id=identity(pair.left.text), text=pair.left.text)
                and "\n" not in pair.left.text for pair in item.pairs)  # fmt: skip
    if plain and rnd.random() < 0.5:
        found["match"] = {pair.left.text: _option(pair.right, rnd) for pair in item.pairs}
    else:
        found["match"] = [[_option(p.left, rnd), _option(p.right, rnd)] for p in item.pairs]
    return found


def _option(option: Option, rnd: Random) -> Tree:
    found: dict[str, Tree] = {"text": option.text}
    if option.id != identity(option.text):
        found["id"] = option.id
    if option.why:
        found["why"] = option.why
    if option.pin:
        found["pin"] = option.pin
    if option.image:
        found["image"] = _image(option.image)
    return option.text if len(found) == 1 and rnd.random() < 0.8 else found


def _image(image: Image) -> Tree:
    width: dict[str, Tree] = {"width": image.width} if image.width else {}
    return {"file": image.file, "alt": image.alt, **width}


def _citation(source: Citation, rnd: Random) -> Tree:
    found: dict[str, Tree] = {"document": source.document}
    if source.paragraphs:
        found["paragraph"] = _one_or_list(tuple(map(str, source.paragraphs)), rnd)
    if source.terms:
        found["terms"] = _one_or_list(source.terms, rnd)
    found |= {"digest": source.digest} if source.digest else {}
    found |= {"derived": source.derived} if source.derived else {}
    return source.document if len(found) == 1 and rnd.random() < 0.5 else found


def _part(part: str | Gap) -> str:
    if isinstance(part, str):
        return part
    hint = f"::{part.hint}" if part.hint else ""
    return f"{{{{c{part.number}::{'|'.join(part.accept)}{hint}}}}}"


def _one_or_list(texts: tuple[str, ...], rnd: Random) -> Tree:
    return texts[0] if len(texts) == 1 and rnd.random() < 0.5 else [*texts]


def _flag(value: bool, rnd: Random) -> str:
    return Bare(rnd.choice((str(value).lower(), str(value), str(value).upper())))


def _number(value: Fraction, rnd: Random) -> str:
    whole = value.denominator == 1 and rnd.random() < 0.3
    return f"{value.numerator}.0" if whole else str(value)


def _tolerance(tolerance: Tolerance, rnd: Random) -> str:
    if tolerance.relative:
        return f"{tolerance.amount * 100}{rnd.choice((' ', ''))}%"
    return str(tolerance.amount)


# --- How it is written ---------------------------------------------------------------------------

_PLAIN = re.compile(r"[^\W_](?:[\w+./()'=~^-]|(?: (?![#-]))|,(?= )|:(?=\w))*|[~=]", re.ASCII)
_PLAIN_IN_FLOW = re.compile(r"[^\W_](?:[\w+./()'=~^-]| (?![#-]))*|[~=]", re.ASCII)


def layout(questions: list[dict[str, Tree]], rnd: Random, head: str = "") -> str:
    """A file of these questions in block, flow and quoted styles, with comments and empty lines."""
    return f"{head}questions:{_comment(rnd)}\n" + "".join(entry(one, rnd) for one in questions)


def entry(question: dict[str, Tree], rnd: Random) -> str:
    """One question with its dash."""
    if rnd.random() < 0.15:
        return f"- {_flow(question, rnd)}\n"
    lead = "-" + " " * rnd.randint(1, 3)
    return f"{lead}{_block(question, len(lead), rnd).lstrip(' ')}{_rest(rnd)}"


def _block(fields: dict[str, Tree], indent: int, rnd: Random) -> str:
    """The fields in block style, each on a line that starts at the indentation."""
    pieces = []
    for key, value in fields.items():
        name = _scalar(key, rnd, is_key=True, in_flow=False)
        pieces.append(f"{' ' * indent}{name}:{_value(value, indent, rnd)}")
    return "".join(pieces)


def _value(value: Tree, indent: int, rnd: Random) -> str:
    match value:
        case str():
            if "\n" in value or (rnd.random() < 0.1 and not isinstance(value, Bare)):
                return f" {_literal(value, indent + 2)}"
            return f" {_scalar(value, rnd, is_key=False, in_flow=False)}{_rest(rnd)}"
        case dict() if value and rnd.random() < 0.5:
            return f"\n{_block(value, indent + rnd.randint(1, 4), rnd)}"
        case list() if value and rnd.random() < 0.5:
            inner = indent + rnd.randint(0, 2)
            rows = (f"{' ' * inner}-{_row(one, inner, rnd)}" for one in value)
            return f"\n{''.join(rows)}"
        case _:
            return f" {_flow(value, rnd)}{_rest(rnd)}"


def _row(value: Tree, indent: int, rnd: Random) -> str:
    """What stands behind a dash."""
    match value:
        case dict():
            text = _block(value, indent + 2, rnd) if rnd.random() < 0.5 else ""
            return f" {text.lstrip(' ')}" if text else f" {_flow(value, rnd)}\n"
        case list():
            return f" {_flow(value, rnd)}\n"
        case _:
            return _value(value, indent, rnd)


def _flow(value: Tree, rnd: Random) -> str:
    match value:
        case str():
            return _scalar(value, rnd, is_key=False, in_flow=True)
        case list():
            return f"[{', '.join(_flow(one, rnd) for one in value)}]"
        case _:
            rows = (f"{_scalar(key, rnd, is_key=True, in_flow=True)}: {_flow(one, rnd)}"
                    for key, one in value.items())  # fmt: skip
            return f"{{{', '.join(rows)}}}"


def _scalar(text: str, rnd: Random, *, is_key: bool, in_flow: bool) -> str:
    if isinstance(text, Bare):
        return text
    plain = _PLAIN_IN_FLOW if in_flow or is_key else _PLAIN
    if plain.fullmatch(text) and not text.endswith(" ") and rnd.random() < 0.7:
        return text
    if "\n" not in text and rnd.random() < 0.5:
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\x0a")
    return f'"{escaped}"'


def _literal(text: str, indent: int) -> str:
    """Below a bar, its indentation named, so that a text may start with spaces."""
    lines = "\n".join(f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))
    return f"|2-\n{lines}\n"


def _comment(rnd: Random) -> str:
    return rnd.choice(("", "", "", "  # a comment: with signs {{}}", "   #", "  #\ttab, größer"))


def _rest(rnd: Random) -> str:
    return f"{_comment(rnd)}\n{rnd.choice(('', '', '', chr(10), '# a line of its own' + chr(10)))}"

"""What may stand in a cell and cannot be taken as it stands, and the signs of a spreadsheet's doing."""

import re
from typing import NamedTuple


class Unclear(NamedTuple):
    """Why a cell says nothing: a clause that goes on after the place, and what to write instead."""

    code: str
    clause: str
    fix: str


FAULT = re.compile(
    r"#(?:NAME\?|VALUE!|REF!|N/A|DIV/0!|NUM!|NULL!|WERT!|BEZUG!|NV|NOM\s?\?|VALEUR!|#+)"
)

_MONTH = (
    r"(?:jan|feb|f[ée]v|m[aäe]r|mrz|apr|avr|abr|ma[iyjg]|ju[inl]|giu|lug|aug|ao[uû]|ago|sep|set|"
    r"o[ckt]t|ott|out|nov|de[cszk]|d[éi]c)[a-zéûä]*\.?"
)
DATE = re.compile(
    rf"\d{{1,2}}[-./ ]\s?{_MONTH}(?:[-./ ]\s?\d{{2,4}})?|{_MONTH}[-./ ]\s?\d{{1,4}}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?"
    r"|\d{1,2}月\d{1,2}日",
    re.IGNORECASE,
)
"""What Excel and others make of 1-2, 3-1-4 and 1/2: 2-Jan, 01. Feb, Jan-02, 3/1/2004, 2004-03-01."""

POWER = re.compile(r"\d(?:[.,]\d+)?E[+-]\d+")
"""A long number as a spreadsheet shortens it."""


def made_a_date(text: str) -> Unclear:
    """A spreadsheet took an answer for a date, and several answers look the same then."""
    return Unclear(
        "made_a_date",
        f'"{text[:40]}" looks like a date that the spreadsheet made of an answer',
        "Format the column as text, look at the paper and type the answer again.",
    )

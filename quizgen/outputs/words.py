"""The words of a language on a product: sentences filled in, numbers and days written its way."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

_PLAIN_DECIMAL = re.compile(r"[-+\u2212]?\d+(?:\.\d+)?")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(cm|mm|in|pt|px|em|rem|%)\s*")


class Words:
    """The catalogue of one language, by the names of its sentences.

    Where it gives a sign for thousands, numbers of five digits and more have it.
    """

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._numbers: dict[tuple[int, int], str] = {}

    def say(self, key: str, **values: object) -> str:
        """The sentence of that name with its places filled."""
        return self._catalogue[key].format(**values)

    def count(self, key: str, number: int | Fraction) -> str:
        """The sentence for one or for many, with the number as `n`."""
        return self.say(f"{key}_{'one' if number == 1 else 'many'}", n=self.number(number))

    def number(self, value: int | Fraction) -> str:
        """A number in the language's style: as a decimal where that is exact, else as a fraction."""
        parts = value.as_integer_ratio()
        if parts not in self._numbers:
            self._numbers[parts] = self._written(*parts)
        return self._numbers[parts]

    def _written(self, numerator: int, denominator: int) -> str:
        sign, numerator = "\u2212" if numerator < 0 else "", abs(numerator)
        for places in range(7):
            scaled, rest = divmod(numerator * 10**places, denominator)
            if not rest:
                digits = str(scaled).rjust(places + 1, "0")
                whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
                if len(whole) > 4:
                    whole = f"{int(whole):,}".replace(",", self._catalogue.get("thousands", ""))
                return sign + (whole + self._catalogue["decimal"] + part if part else whole)
        return f"{sign}{numerator}/{denominator}"

    def author_number(self, text: str) -> str:
        """A number as its author wrote it, with the language's decimal sign."""
        if not _PLAIN_DECIMAL.fullmatch(text):
            return text
        return text.replace("-", "\u2212").replace(".", self._catalogue["decimal"])

    def day(self, date: str) -> str:
        """A day such as 2026-11-25 in the language's style."""
        year, month, day = date.split("-")
        return self.say("day", year=year, month=month, day=day)

    def listed(self, texts: Sequence[str]) -> str:
        """Several texts in a row: "a, b and c"; nothing for none."""
        *early, last = texts or ("",)
        if not early:
            return last
        first = early[0]
        for text in early[1:]:
            first = self.say("list", first=first, second=text)
        return self.say("list_last", first=first, last=last)

    def runs(self, numbers: Sequence[int]) -> str:
        """Numbers with runs drawn together: 1, 2, 3, 7 are "1 to 3 and 7"."""
        runs: list[list[int]] = []
        for number in sorted(set(numbers)):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        texts: list[str] = []
        for run in runs:
            if len(run) > 2:
                texts.append(self.say("range", first=run[0], last=run[-1]))
            else:
                texts += map(str, run)
        return self.listed(texts)


def length(width: str) -> str:
    """A width such as "8 cm" for a style sheet; empty where it is none."""
    found = _LENGTH.fullmatch(width)
    return f"{found[1]}{found[2]}" if found else ""

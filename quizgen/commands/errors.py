"""What keeps a bank from being built: errors of reading, and what is wrong by construction."""

from quizgen.bank import Reading, locate
from quizgen.checks.wrong import errors
from quizgen.problem import Problem


def all_errors(reading: Reading) -> tuple[Problem, ...]:
    """What reading finds, and what the rules find that is wrong by construction, or is an error
    since the bank says so.
    """
    bank = reading.bank
    if bank is None:
        return reading.problems
    if "error" in bank.checking.severities.values():
        from quizgen.commands.checking import all_problems  # all rules, which take a while to load

        found = all_problems(reading)[len(reading.problems) :]
        return (*reading.problems, *(one for one in found if one.severity == "error"))
    return reading.problems + locate(errors(bank), reading.origin)

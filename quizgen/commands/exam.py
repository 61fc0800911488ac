"""`quizgen quiz --exam`: which form is sat, and what is said before and after."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from quizgen.commands.project import Stop
from quizgen.commands.report import count_of, print_problems
from quizgen.core.select import default_plan, draw
from quizgen.model import Bank, Choice, Form, Rules, TrueFalse
from quizgen.study.record import Exam


def add_exam_options(parser: ArgumentParser) -> None:
    """What form to sit as an exam."""
    exam = parser.add_argument_group("an exam")
    exam.add_argument(
        "--exam",
        action="store_true",
        help="sit a form of a quiz as on paper: no hints, feedback at the end, its own rules of scoring",
    )
    exam.add_argument("--form", metavar="LETTER", help="which form (default: the first)")


def form_of(root: Path, bank: Bank, args: Namespace) -> Form:
    """The form that is to be sat. Raises Stop where the words mean none."""
    chosen = (args.topic, args.tag, args.level, args.due, args.new, args.missed, args.all)
    if any((*chosen, args.cram, args.number, args.confidence)):
        raise Stop(
            "An exam is a whole form, scored as on paper: "
            "leave out what chooses among its questions, and --confidence."
        )
    plans = {plan.id: plan for plan in bank.quizzes or (default_plan(bank),)}
    if args.what is None and len(plans) > 1:
        raise Stop(f"Say which quiz, such as: quizgen quiz {next(iter(plans))} --exam")
    name = args.what or next(iter(plans))
    if name not in plans:
        raise Stop(f'There is no quiz "{name}". Quizzes: {"; ".join(plans)}.')
    forms = _forms(root, bank, name)
    letter = (args.form or forms[0].letter).upper()
    form = next((one for one in forms if one.letter == letter), None)
    if form is None:
        raise Stop(
            f'The quiz "{name}" has no form {letter}. Forms: {", ".join(f.letter for f in forms)}.'
        )
    return form


def form_again(root: Path, bank: Bank, exam: Exam) -> Form:
    """The form of an exam that was broken off. Raises Stop where it is no longer the same."""
    plans = {plan.id for plan in bank.quizzes or (default_plan(bank),)}
    forms = _forms(root, bank, exam.quiz) if exam.quiz in plans else ()
    form = next((one for one in forms if one.digest == exam.digest), None)
    if form is None:
        raise Stop(
            f'Form {exam.form} of the quiz "{exam.quiz}" is no longer what it was: its questions have changed since. '
            f"Sit it anew with: quizgen quiz {exam.quiz} --exam",
            code=1,
        )
    return form


def opening_words(form: Form, limit: float) -> str:
    """What a student is told first: how much there is, what guessing costs, and how to go about it."""
    plan = form.quiz.plan
    asked = count_of(len(form.questions), "question")
    possible = sum(one.item.points for one in form.questions)
    points = "1 point" if possible == 1 else f"{float(possible):g} points"
    time = ""
    if limit:
        time = f" You have {limit / 60:g} minutes."
    elif plan.minutes:
        time = f" On paper there are {plan.minutes} minutes for it: --minutes {plan.minutes} keeps them."
    return (
        f"{plan.title}, form {form.letter}: {asked}, {points}.{time} {_cost(form, plan.rules)} "
        "Nothing is said of an answer before the end."
    )


def _cost(form: Form, rules: Rules) -> str:
    """What a wrong answer costs."""
    items = [question.item for question in form.questions]
    crossed = [one for one in items if isinstance(one, Choice) and not one.multiple]
    decided = [one for one in items if isinstance(one, TrueFalse)]
    if (crossed and rules.single == "formula") or (decided and rules.true_false == "formula"):
        return "A wrong choice takes points away, so leave blank what you do not know."
    return "A wrong answer costs nothing, so leave none out."


def _forms(root: Path, bank: Bank, name: str) -> tuple[Form, ...]:
    from quizgen.commands.printed import forms_for  # which every other quiz can do without

    plan = next(one for one in bank.quizzes or (default_plan(bank),) if one.id == name)
    quiz, problems = draw(bank, plan)
    if quiz is None:
        print_problems(problems, sys.stderr)
        raise Stop(f'The quiz "{name}" cannot be drawn.', code=1)
    forms, _ = forms_for(root, quiz)
    return forms

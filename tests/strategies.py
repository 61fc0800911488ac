"""Every hypothesis strategy of the tests, in sections named after the module that they serve."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, assert_never, get_args

from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen import model
from quizgen.bank.shapes import identity
from quizgen.core.form import make_forms
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Gap,
    Item,
    Judged,
    Marked,
    Match,
    Matched,
    Memory,
    Number,
    Open,
    Option,
    Order,
    Ordered,
    Pair,
    Picked,
    Response,
    Rules,
    Tolerance,
    TrueFalse,
    Typed,
)
from quizgen.study.memories import Standing
from quizgen.study.plan import questions_of
from quizgen.study.record import Exam, Plan, Task
from quizgen.study.schedule import Schedule, day_start, study_day
from tests.anki_author import WHATS, Edit
from tests.anki_learner import ACTS, Act, Row
from tests.grading_samples import cell_of

# --- For tests/test_score.py: small items, and responses that can be given to them ---------------

RULES = st.builds(
    Rules,
    single=st.sampled_from(("right", "formula")),
    multiple=st.sampled_from(
        ("balanced", "all_or_nothing", "right_minus_wrong", "ripkey", "each_statement", "ps50")
    ),
    true_false=st.sampled_from(("right", "formula")),
    match=st.sampled_from(("share", "all_or_nothing")),
    order=st.sampled_from(("places", "tau", "pairs", "all_or_nothing")),
    cloze=st.sampled_from(("share", "all_or_nothing")),
    round=st.none() | st.sampled_from((Fraction(1, 2), Fraction(1), Fraction(1, 3))),
)
POINTS = st.fractions(min_value=0, max_value=20, max_denominator=12)
WORDS = ("heron", "walnut", "quartz", "saddle", "mortar", "violin")


def scored_options(count: int, side: str = "o") -> tuple[Option, ...]:
    """Options o0, o1, ... with texts of their own."""
    return tuple(Option(id=f"{side}{n}", text=f"{side.upper()} {WORDS[n]}") for n in range(count))


@st.composite
def scored_choices(draw: st.DrawFn, *, multiple: bool | None = None) -> Choice:
    """A choice of two to six options with one key, or with one or more."""
    several = draw(st.booleans()) if multiple is None else multiple
    options = scored_options(draw(st.integers(2, 6)))
    ids = [option.id for option in options]
    keys = draw(st.sets(st.sampled_from(ids), min_size=1, max_size=None if several else 1))
    return Choice(
        id="choice",
        stem="Which?",
        options=options,
        keys=tuple(sorted(keys)),
        multiple=several,
        points=draw(POINTS),
    )


@st.composite
def scored_matches(draw: st.DrawFn) -> Match:
    """Two to five pairs, two of which may share a right side, and up to two extra right sides."""
    lefts = scored_options(draw(st.integers(2, 5)), "l")
    rights = scored_options(len(lefts), "r")
    chosen = draw(st.lists(st.sampled_from(rights), min_size=len(lefts), max_size=len(lefts)))
    pairs = tuple(Pair(left=a, right=b) for a, b in zip(lefts, chosen, strict=True))
    extra = scored_options(draw(st.integers(0, 2)), "x")
    return Match(id="match", stem="Match.", pairs=pairs, extra=extra, points=draw(POINTS))


@st.composite
def scored_orders(draw: st.DrawFn) -> Order:
    """Two to six things in order."""
    sequence = scored_options(draw(st.integers(2, 6)), "t")
    return Order(id="order", stem="Order.", sequence=sequence, points=draw(POINTS))


@st.composite
def scored_clozes(draw: st.DrawFn) -> Cloze:
    """One to four gaps, numbered as an author may after edits."""
    numbers = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True))
    parts: list[str | Gap] = []
    for index, number in enumerate(numbers):
        parts += [f" text {index} ", Gap(number=number, accept=(WORDS[index],))]
    return Cloze(id="cloze", parts=tuple(parts), points=draw(POINTS))


@st.composite
def scored_numbers(draw: st.DrawFn) -> Number:
    """A whole number with or without a tolerance."""
    value = draw(st.integers(-1000, 1000))
    amount = draw(st.none() | st.fractions(0, 50, max_denominator=10))
    return Number(
        id="number",
        stem="Which number?",
        value=Fraction(value),
        text=str(value),
        tolerance=None if amount is None else Tolerance(amount=amount),
        points=draw(POINTS),
    )


def scored_items() -> st.SearchStrategy[Item]:
    """An item of any of the nine types, worth any points."""
    return st.one_of(
        scored_choices(),
        st.builds(
            TrueFalse,
            id=st.just("tf"),
            statement=st.just("So it is."),
            answer=st.booleans(),
            points=POINTS,
        ),
        st.builds(
            Entry,
            id=st.just("entry"),
            stem=st.just("Which stone?"),
            accept=st.just(("quartz",)),
            points=POINTS,
        ),
        scored_numbers(),
        scored_clozes(),
        scored_matches(),
        scored_orders(),
        st.builds(
            Open, id=st.just("open"), stem=st.just("Why?"), model=st.just("."), points=POINTS
        ),
        st.builds(Card, id=st.just("card"), front=st.just("F"), back=st.just("B"), points=POINTS),
    )


def scored_responses(item: Item, rules: Rules) -> st.SearchStrategy[Response]:
    """Any response, blank ones included, that can be given to `item`."""
    match item:
        case Choice():
            ids = [option.id for option in item.options]
            most = None if item.multiple else 1
            ticks = st.builds(Picked, options=st.frozensets(st.sampled_from(ids), max_size=most))
            marks = st.builds(Judged, marks=st.dictionaries(st.sampled_from(ids), st.booleans()))
            judged = item.multiple and rules.multiple in {"each_statement", "ps50"}
            given: st.SearchStrategy[Response] = ticks | marks if judged else ticks
        case TrueFalse():
            given = st.builds(Decided, value=st.booleans())
        case Entry():
            given = st.builds(Typed, text=st.sampled_from(("quartz", "basalt", " ", "")))
        case Number():
            given = st.builds(Typed, text=st.integers(-1100, 1100).map(str) | st.just(" "))
        case Cloze():
            numbers = [gap.number for gap in item.gaps]
            words = [word for gap in item.gaps for word in gap.accept]
            texts = st.sampled_from((*words, "basalt", " "))
            given = st.builds(Filled, gaps=st.dictionaries(st.sampled_from(numbers), texts))
        case Match():
            lefts = [pair.left.id for pair in item.pairs]
            rights = [*(p.right.id for p in item.pairs), *(one.id for one in item.extra)]
            given = st.builds(
                Matched, pairs=st.dictionaries(st.sampled_from(lefts), st.sampled_from(rights))
            )
        case Order():
            things = [thing.id for thing in item.sequence]
            given = st.builds(Ordered, sequence=st.permutations(things).map(tuple))
        case Open() | Card():
            given = st.builds(Marked, share=st.fractions(0, 1, max_denominator=8))
        case _:
            assert_never(item)
    return st.none() | given


def right_response(item: Item) -> Response:
    """The response that is the key."""
    match item:
        case Choice():
            return Picked(options=frozenset(item.keys))
        case TrueFalse():
            return Decided(value=item.answer)
        case Entry():
            return Typed(text=item.accept[0])
        case Number():
            return Typed(text=item.text)
        case Cloze():
            return Filled(gaps={gap.number: gap.accept[0] for gap in item.gaps})
        case Match():
            return Matched(pairs={pair.left.id: pair.right.id for pair in item.pairs})
        case Order():
            return Ordered(sequence=tuple(thing.id for thing in item.sequence))
        case Open() | Card():
            return Marked(share=Fraction(1))
        case _:
            assert_never(item)


# --- For tests/test_paper.py: quizzes in which every text of the key is a word of its own --------


_ARRANGEMENTS: st.SearchStrategy[model.Arrangement] = st.sampled_from(("free", "fixed"))


def _shown(name: str, *more: str | int) -> str:
    return "".join(map(str, ("shown", name, *more)))


def _secret(name: str, *more: str | int) -> str:
    """A word that belongs to the key alone, and that no other text of a page can hold."""
    return "".join(map(str, ("secret", name, *more)))


def _paper_options(name: str, count: int, side: str = "o") -> tuple[Option, ...]:
    return tuple(
        Option(
            id=_secret(name, side, n, "id"),
            text=_shown(name, side, n),
            why=_secret(name, side, n, "why"),
        )
        for n in range(count)
    )


@st.composite
def paper_items(draw: st.DrawFn, name: str) -> Item:
    """An item of any type whose key, reasons and source are words that begin with "secret"."""
    item = draw(st.sampled_from(_PAPER_TYPES))(draw, name, draw(st.integers(2, 6)))
    return replace(
        item,
        id=_secret(name, "id"),
        explain=_secret(name, "explain"),
        hint=_secret(name, "hint"),
        goal=_secret(name, "goal"),
        tags=(_secret(name, "tag"),),
        points=draw(st.fractions(0, 9, max_denominator=6)),
        source=model.Citation(
            document=_secret("document"), paragraphs=(3,), derived=_secret(name, "derived")
        ),
        claim=draw(st.booleans()),
        corrected=model.Correction(date="2026-11-25", text=_secret(name, "corrected")),
    )


def _paper_choice(draw: st.DrawFn, name: str, count: int) -> Item:
    options = _paper_options(name, count)
    several = draw(st.booleans())
    ids = st.sampled_from([option.id for option in options])
    keys = draw(st.sets(ids, min_size=1, max_size=None if several else 1))
    return Choice(
        id=name,
        stem=_shown(name, "stem"),
        options=options,
        keys=tuple(sorted(keys)),
        multiple=several,
        arrangement=draw(_ARRANGEMENTS),
    )


def _paper_true_false(draw: st.DrawFn, name: str, _: int) -> Item:
    return TrueFalse(id=name, statement=_shown(name, "stem"), answer=draw(st.booleans()))


def _paper_entry(draw: st.DrawFn, name: str, count: int) -> Item:
    return Entry(
        id=name,
        stem=_shown(name, "stem"),
        accept=tuple(_secret(name, "accept", n) for n in range(count)),
        close={_secret(name, "close"): _secret(name, "closewhy")},
        kind=draw(st.sampled_from(model.KINDS)),
    )


def _paper_number(draw: st.DrawFn, name: str, _: int) -> Item:
    value = Fraction(draw(st.integers(7_000_000, 7_999_999)))
    return Number(
        id=name,
        stem=_shown(name, "stem"),
        value=value,
        text=str(value),
        tolerance=draw(st.none() | st.just(Tolerance(amount=Fraction(1, 100), relative=True))),
        bands=(model.Band(tolerance=Tolerance(amount=Fraction(9)), share=Fraction(1, 2)),),
        unit=draw(st.sampled_from(("", "m"))),
        units={_secret("unit"): Fraction(1000)},
    )


def _paper_cloze(draw: st.DrawFn, name: str, count: int) -> Item:
    parts: list[str | Gap] = [_shown(name, "stem")]
    for n in range(1, count):
        accept = (_secret(name, "gap", n), _secret(name, "othergap", n))
        parts += [Gap(number=n, accept=accept), f" {_shown(name, n)} "]
    return Cloze(id=name, stem=draw(st.sampled_from(("", "Fill."))), parts=tuple(parts))


def _paper_match(draw: st.DrawFn, name: str, count: int) -> Item:
    lefts, rights = _paper_options(name, count, "l"), _paper_options(name, count, "r")
    return Match(
        id=name,
        stem=_shown(name, "stem"),
        pairs=tuple(Pair(left=a, right=b) for a, b in zip(lefts, rights, strict=True)),
        extra=_paper_options(name, draw(st.integers(0, 2)), "x"),
    )


def _paper_order(_: st.DrawFn, name: str, count: int) -> Item:
    return Order(id=name, stem=_shown(name, "stem"), sequence=_paper_options(name, count + 2))


def _paper_open(_: st.DrawFn, name: str, count: int) -> Item:
    return Open(
        id=name,
        stem=_shown(name, "stem"),
        model=_secret(name, "model"),
        rubric=tuple(model.Criterion(text=_secret(name, "line", n)) for n in range(count)),
        lines=count,
    )


def _paper_card(_: st.DrawFn, name: str, __: int) -> Item:
    return Card(id=name, front=_shown(name, "stem"), back=_secret(name, "back"))


_PAPER_TYPES = (
    _paper_choice,
    _paper_true_false,
    _paper_entry,
    _paper_number,
    _paper_cloze,
    _paper_match,
    _paper_order,
    _paper_open,
    _paper_card,
)


@st.composite
def as_drawn(draw: st.DrawFn, quiz: model.Quiz) -> model.Quiz:
    """The same items in one piece, in sections, or a draw of as many for each parallel form."""
    names = [item.id for item in quiz.items]
    size = draw(st.integers(1, len(names)))
    cuts = sorted(draw(st.sets(st.integers(1, size - 1), max_size=2))) if size > 1 else []
    sections = tuple(
        model.Section(
            title=f"Part {n}",
            instructions=draw(st.sampled_from(("", "Use a *pencil*."))),
            blueprint=(model.Quota(count=1),),
            shuffle_questions=draw(st.booleans()),
        )
        for n in range(len(cuts) + 1)
    )
    kind = draw(st.sampled_from(("plain", "sections", "parallel", "parallel sections")))
    if kind == "plain":
        return quiz
    is_parallel = kind != "sections"
    if kind == "parallel":
        sections, cuts = (), []
    if not is_parallel:
        size = len(names)
    plan = replace(quiz.plan, sections=sections, parallel=is_parallel)
    if sections:
        plan = replace(plan, blueprint=())
    draws = []
    for _ in range(plan.forms if is_parallel else 1):
        taken = draw(st.permutations(names))[:size] if is_parallel else names
        ends = zip([0, *cuts], [*cuts, size], strict=True)
        draws.append(tuple(tuple(taken[start:end]) for start, end in ends))
    there = {name for one in draws for section in one for name in section}
    items = tuple(item for item in quiz.items if item.id in there)
    return replace(quiz, plan=plan, items=items, draws=tuple(draws))


@st.composite
def paper_quizzes(draw: st.DrawFn) -> tuple[model.Bank, model.Quiz]:
    """A bank and a quiz of its items in one to four forms, in sections or not, by any rules."""
    count = draw(st.integers(1, 6))
    items = tuple(draw(paper_items(f"n{n}q")) for n in range(count))
    document = model.Document(name=_secret("document"), title=_secret("title"))
    bank = model.Bank(name="paper", title="Bank", items=items, documents=(document,))
    plan = model.QuizPlan(
        id="quiz",
        title="Quiz",
        blueprint=(model.Quota(count=count),),
        seed=draw(st.integers(0, 2**32)),
        forms=draw(st.integers(1, 4)),
        shuffle_questions=draw(st.booleans()),
        rules=draw(RULES),
    )
    return bank, draw(as_drawn(model.Quiz(bank=bank.name, plan=plan, items=items)))


# --- For tests/test_grading.py: papers of a class, as a teacher keys them -------------------------


@st.composite
def graded_classes(draw: st.DrawFn) -> tuple[model.Quiz, list[list[str]]]:
    """A quiz and a row for each of one to five students: who, the form, and any answers."""
    _, quiz = draw(paper_quizzes())
    forms = make_forms(quiz)
    rows = []
    for number in range(draw(st.integers(1, 5))):
        form = draw(st.sampled_from(forms))
        cells = [
            cell_of(question, draw(scored_responses(question.item, quiz.plan.rules)))
            for question in form.questions
        ]
        rows.append([f"s{number}", form.letter, *cells])
    return quiz, rows


# --- For tests/test_ids.py: question files as people write them, without ids ---------------------

_PHRASES = st.lists(
    st.sampled_from((*WORDS, "größer", "北京", "x²", "it's", "3", "true", "Ärger")),
    min_size=1,
    max_size=4,
).map(" ".join)


@st.composite
def _scalars(draw: st.DrawFn, indent: str, end: str) -> str:
    """A text in one of YAML's styles, as it stands behind a key at this indentation."""
    text = draw(_PHRASES)
    match draw(st.sampled_from(("plain", "single", "double", "literal", "folded", "broken"))):
        case "plain":
            return text
        case "single":
            return "'" + text.replace("'", "''") + "'"
        case "double":
            return f'"\\"{text}\\" \\u00e9"'
        case "literal":
            return f"|{end}{indent}  {text}{end}{end}{indent}  # no comment{end}{indent}  {text}"
        case "folded":
            return f">-{end}{indent}  {text}{end}{indent}  {text}"
        case _:
            return f"{text}{end}{indent}  {text}"


@st.composite
def _gapped(draw: st.DrawFn) -> str:
    """The text of a cloze, quoted; its gaps have no numbers."""
    gaps = draw(st.lists(st.sampled_from(("{{a}}", "{{ b|c }}", "{{d::hint}}", "{e}")), max_size=4))
    words = draw(_PHRASES).replace("'", "")
    return "'" + f" {words} ".join(["", *gaps, "end"]) + "'"


@st.composite
def _block_question(draw: st.DrawFn, indent: str, end: str) -> str:
    """A question in block style; `indent` is where its keys stand, after the dash."""
    lines = [f"front: {draw(_scalars(indent, end))}", f"back: {draw(_scalars(indent, end))}"]
    if draw(st.booleans()):
        lines = [f"cloze: {draw(_gapped())}"]
    comment = draw(st.sampled_from(("", "  # why", f"{end}{indent}# alone")))
    gap = draw(st.sampled_from(("", end)))
    return f"{comment}{end}{gap}{indent}".join(lines)


@st.composite
def _flow_question(draw: st.DrawFn, indent: str, end: str) -> str:
    space = draw(st.sampled_from(("", " ", f"{end}{indent}  ")))
    if draw(st.booleans()):
        return f"{{{space}cloze: {draw(_gapped())}{space}}}"
    return f'{{{space}front: "{draw(_PHRASES)}", back: {draw(st.sampled_from(WORDS))}{space}}}'


@st.composite
def question_files_without_ids(draw: st.DrawFn) -> str:
    """A file of one to five questions, some in a passage, in any layout that YAML allows."""
    end = draw(st.sampled_from(("\n", "\r\n")))
    lead = draw(st.sampled_from(("", "  ")))
    gap = draw(st.sampled_from((" ", "   ")))
    pieces = [
        draw(st.sampled_from(("", f"# A file.{end}{end}", f"topic: T{end}"))),
        f"questions:{end}",
    ]

    def questions(lead: str) -> str:
        indent = f"{lead} {gap}"
        rows = []
        for _ in range(draw(st.integers(1, 3))):
            style = _flow_question if draw(st.booleans()) else _block_question
            rows.append(f"{lead}-{gap}{draw(style(indent, end))}{end}")
        return "".join(rows)

    pieces.append(questions(lead))
    if draw(st.booleans()):
        indent = f"{lead} {gap}"
        pieces.append(f"{lead}-{gap}passage: {draw(_scalars(indent, end))}{end}")
        pieces += [f"{indent}questions:{end}", questions(indent)]
    return "".join(pieces)


# --- For tests/test_judge.py: texts that people type, and texts that nobody does -----------------

TEXTS = st.text(max_size=40) | st.text(alphabet="aAeéß½²10.,-/ \u0301\u200bⅫⅣ一", max_size=12)
_ANSWER_WORDS = st.sampled_from(
    (*WORDS, "the", "Água", "ano", "año", "not", "and", "or", "Henry", "VIII", "Łódź", "北京", "C#")
)
ANSWERS = st.lists(_ANSWER_WORDS, min_size=1, max_size=3).map(" ".join)


@st.composite
def answers_with_digits(draw: st.DrawFn) -> tuple[str, model.Kind]:
    """An answer that holds a digit, as an author writes it, and its kind."""
    number = draw(st.integers(0, 10**7) | st.integers(0, 3000))
    word = draw(st.sampled_from(WORDS))
    day, month, year = (
        draw(st.integers(1, 28)),
        draw(st.integers(1, 12)),
        draw(st.integers(1, 3000)),
    )
    name = ("January", "May", "Sept.", "December")[month % 4]
    shapes: tuple[tuple[model.Kind, str], ...] = (
        ("number", f"{number}"),
        ("number", f"{number:,}"),
        ("number", f"-{number / 100:.2f}"),
        ("number", f"{number} km"),
        ("number", f"more than {number} million yuan"),
        ("number", f"{number} {word}s"),
        ("number", f"{number} °C"),
        ("number", f"{number} kg m^-3"),
        ("number", f"{day} h {month} min"),
        ("symbol", f"Fe_{number}O^{month}+"),
        ("set", f"{number}, {number + 7}, {number + 70}"),
        ("date", f"{day}. Oktober {year}"),
        ("date", f"{1000 + year % 1000}年{month}月{day}日"),
        ("date", f"{day} {name} {year}"),
        ("date", f"{name} {day}, {1000 + year % 1000}"),
        ("date", f"{1000 + year % 1000}-{month:02}-{day:02}"),
        ("date", f"{name} {1000 + year % 1000}"),
        ("date", f"{year} BC"),
        ("date", f"{1000 + year % 900}–{1900 + year % 90}"),
        ("text", f"{word}-{number}"),
        ("text", f"{number}th {word} and {word}"),
        ("name", f"{word} {number}"),
        ("term", f"{word}{number}"),
        ("place", f"{word} {number}/{day}"),
        ("set", f"{word}, {number}, {word}s"),
        ("list", f"{day}, {month}, {year}"),
        ("symbol", f"x^{number}"),
        ("code", f"f({number})"),
    )
    kind, text = draw(st.sampled_from(shapes))
    return text, kind


# --- For tests/test_session.py: plans of sessions ------------------------------------------------


@st.composite
def session_plans(draw: st.DrawFn) -> Plan:
    """A session of one to fourteen tasks, some of them in groups that stand together."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=8))
    tasks = [
        Task(item=f"q{number}", part=f"c{n}" if size > 1 else "", group=f"g{number}" * (size > 1))
        for number, size in enumerate(sizes)
        for n in range(1, size + 1)
    ]
    tasks = [replace(task, step=step) for step, task in enumerate(tasks[:14], start=1)]
    cram = draw(st.sampled_from([False, False, False, True]))
    return Plan(bank="bank", seed=draw(st.integers(0, 2**31)), tasks=tuple(tasks), cram=cram)


def exam_plans() -> st.SearchStrategy[Plan]:
    """The like as an exam."""
    exam = Exam(quiz="quiz", form="A", digest="d")
    return session_plans().map(lambda plan: replace(plan, cram=False, exam=exam))


# --- For tests/test_schedule.py: reviews of one task -----------------------------------------------


@st.composite
def reviews_of_days(
    draw: st.DrawFn, schedule: Schedule, *, first: int = 20_000, last: int = 40_000
) -> tuple[model.Review, ...]:
    """One to twelve reviews, mostly on days of their own, at any second of a learner's day but its
    first, which Anki counts to the day before.
    """
    days = draw(st.lists(st.sampled_from([0, 1, 1, 2, 3, 7, 15, 40, 200]), min_size=1, max_size=12))
    day, found = first + draw(st.integers(0, 20)), list[model.Review]()
    for gap in days:
        day = min(day + gap, last)
        at = day_start(day, schedule) + draw(st.integers(1, 80_000))
        if found and at <= found[-1].at:
            at = found[-1].at + 1
        rating = draw(st.sampled_from(get_args(model.Rating)))
        found.append(model.Review(at=at, rating=rating, seconds=draw(st.integers(0, 60))))
    return tuple(found)


def anki_logs() -> st.SearchStrategy[list[Row]]:
    """One to ten rows of Anki's log about one card, of every kind and in any order."""
    rows = st.builds(
        Row,
        days=st.sampled_from([0, 0, 1, 2, 5, 30]),
        second=st.integers(1, 80_000),
        button=st.sampled_from([0, 1, 2, 3, 3, 3, 4]),
        kind=st.sampled_from([0, 0, 1, 1, 1, 2, 3, 4, 5]),
        factor=st.sampled_from([0, 2500, 2500]),
        interval=st.sampled_from([5, 1, -600, -86_400]),
    )
    return st.lists(rows, min_size=1, max_size=10)


# --- For tests/test_choosing.py: a bank half learned ----------------------------------------------


@st.composite
def learned_banks(
    draw: st.DrawFn, schedule: Schedule, now: float
) -> tuple[list[Item], dict[tuple[str, str], Standing]]:
    """Up to twelve items of one task, two gaps or two directions, and where their tasks stand."""
    items: list[Item] = []
    for number in range(draw(st.integers(0, 12))):
        name, topic = f"q{number}", f"t{number % 3}"
        gaps = tuple(Gap(number=n, accept=("a",)) for n in (1, 2))
        kinds: tuple[Item, ...] = (
            Entry(id=name, topic=topic, stem="?", accept=("a",)),
            Cloze(id=name, topic=topic, parts=gaps),
            Card(id=name, topic=topic, front="a", back="b", reverse=True),
        )
        items.append(draw(st.sampled_from(kinds)))
    found = {}
    tasks = [task for item in items for question in questions_of(item) for task in question]
    for task in draw(st.sets(st.sampled_from(tasks))) if tasks else ():
        last = now - draw(st.integers(0, 40)) * 86_400 - draw(st.integers(0, 86_000))
        memory = Memory(
            stability=draw(st.floats(0.1, 200)),
            difficulty=5.0,
            last=last,
            due=day_start(study_day(last, schedule) + draw(st.integers(1, 60)), schedule),
        )
        found[task.key] = Standing(
            memory=memory,
            first=last - draw(st.integers(0, 2)) * 86_400,
            rating=draw(st.sampled_from(("again", "hard", "good"))),
            key="",
        )
    return items, found


# --- For tests/test_order.py: choices with pins, sorted numbers and fixed arrangements ------------


@st.composite
def pinned_choices(draw: st.DrawFn) -> Choice:
    """A choice of two to six options, any of them pinned, words or numbers, free or fixed."""
    numbers = draw(st.booleans())
    pins: st.SearchStrategy[Literal["", "first", "last"]] = st.sampled_from(
        ("", "", "first", "last")
    )
    chosen = tuple(
        replace(option, pin=draw(pins), text=str(7 * n % 10) if numbers else option.text)
        for n, option in enumerate(scored_options(draw(st.integers(2, 6))))
    )
    return Choice(
        id="pinned",
        stem="Which?",
        options=chosen,
        keys=(draw(st.sampled_from(chosen)).id,),
        arrangement=draw(_ARRANGEMENTS),
    )


# --- For tests/test_select.py: small banks, and blueprints that may ask for more than they have --


@st.composite
def selection_banks(draw: st.DrawFn) -> model.Bank:
    """Up to seven items of two types, with the fields that rows ask for."""
    levels: st.SearchStrategy[model.Level] = st.sampled_from(("recall", "apply", "detail"))
    uses: st.SearchStrategy[model.Use] = st.sampled_from(("both", "both", "exam", "practice"))
    items: list[Item] = []
    for n in range(draw(st.integers(0, 7))):
        name = f"q{n}"
        item: Item = TrueFalse(id=name, statement=".", answer=True)
        if draw(st.booleans()):
            item = Card(id=name, front="F", back="B")
        items.append(
            replace(
                item,
                topic=draw(st.sampled_from("abc")),
                tags=tuple(sorted(draw(st.sets(st.sampled_from("xy"))))),
                level=draw(levels),
                use=draw(uses),
                draft=draw(st.sampled_from((False, False, False, True))),
                retired=draw(st.sampled_from(("", "", "", "Old."))),
            )
        )
    return model.Bank(name="bank", title="Bank", items=tuple(items))


@st.composite
def blueprints(draw: st.DrawFn) -> tuple[model.Quota, ...]:
    """Up to three rows that ask for counts, of anything or of something narrow."""
    levels: st.SearchStrategy[model.Level | Literal[""]] = st.sampled_from(
        ("", "", "apply", "detail")
    )
    types: st.SearchStrategy[model.TypeName | Literal[""]] = st.sampled_from(("", "", "card"))
    rows = st.builds(
        model.Quota,
        count=st.integers(0, 3),
        topic=st.sampled_from(("", "", "a", "b")),
        tag=st.sampled_from(("", "", "x", "y")),
        level=levels,
        type=types,
    )
    return tuple(draw(st.lists(rows, max_size=3)))


# --- For tests/test_parallel.py: banks from which several forms can be drawn ---------------------


@st.composite
def graded_banks(draw: st.DrawFn) -> model.Bank:
    """Some items of two types, levels and worths."""
    levels: st.SearchStrategy[model.Level] = st.sampled_from(("recall", "apply"))
    kinds: st.SearchStrategy[Item] = st.sampled_from(
        (TrueFalse(id="", statement=".", answer=True), Card(id="", front="F", back="B"))
    )
    items = tuple(
        replace(
            draw(kinds),
            id=f"q{n}",
            topic=draw(st.sampled_from("ab")),
            tags=tuple(draw(st.sampled_from(("x", "y", "xy")))),
            level=draw(levels),
            points=Fraction(draw(st.integers(1, 2))),
        )
        for n in range(draw(st.integers(3, 14)))
    )
    return model.Bank(name="bank", title="Bank", items=items)


def graded_rows(most: int = 3) -> st.SearchStrategy[tuple[model.Quota, ...]]:
    """One row or a few that ask for counts."""
    levels: st.SearchStrategy[model.Level | Literal[""]] = st.sampled_from(("", "recall", "apply"))
    row = st.builds(
        model.Quota,
        count=st.integers(1, 2),
        topic=st.sampled_from(("", "a", "b")),
        tag=st.sampled_from(("", "x", "y")),
        level=levels,
        spread=st.booleans(),
    )
    return st.lists(row, min_size=1, max_size=most).map(tuple)


# --- For tests/test_reading_written.py: whole items, with all that the language lets them say ----

_FIGURES = ("no", "on", "~", "=", "1.10", "010", "1e3", "12:30", "2024-01-31", "1,400", "null", "0x1f",
            "C # and D", "Note: salt", "**bold**", "$\\frac{1}{2}$", '"Quoted" words', "- 5", "{{", "it's",
            "[Xe] 6s2", "50 %", "&c", "!", "<<", "a\n\n  b", "  led by spaces", "größer", "北京")  # fmt: skip
_WRITABLE = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)


def texts_in_files(*, lines: bool = True) -> st.SearchStrategy[str]:
    """Any text that a field can hold: not empty, without spaces at its end."""
    signs = _WRITABLE | st.sampled_from("\n\t") if lines else _WRITABLE
    figures = [text for text in _FIGURES if lines or "\n" not in text]
    drawn = st.text(signs, min_size=1, max_size=20).map(str.rstrip).filter(bool)
    return st.sampled_from(figures) | _PHRASES | drawn


_NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
_IMAGES = st.builds(
    model.Image,
    file=st.just("media/map.png"),
    alt=texts_in_files(),
    width=st.sampled_from(("", "8 cm")),
)
_DAYS = st.dates().map(lambda day: day.isoformat())
_SHARES = st.fractions(Fraction(1, 9), Fraction(8, 9), max_denominator=12)
_TOLERANCES = st.builds(
    Tolerance, amount=st.fractions(0, 50, max_denominator=20), relative=st.booleans()
)


@st.composite
def written_options(
    draw: st.DrawFn, least: int, most: int, prefix: str = "o", *, pins: bool = True
) -> tuple[Option, ...]:
    """Options that differ; some with a name of their own, a reason, a pin or a picture."""
    texts = st.lists(texts_in_files(), min_size=least, max_size=most, unique_by=identity)
    found = []
    for place, text in enumerate(draw(texts)):
        extras = draw(st.sampled_from(("", "", "why", "image", "pin", "id")))
        found.append(
            Option(
                id=f"{prefix}.{place}" if extras == "id" else identity(text),
                text=text,
                why=draw(texts_in_files()) if extras == "why" else "",
                image=draw(_IMAGES) if extras == "image" else None,
                pin=draw(st.sampled_from(("first", "last"))) if extras == "pin" and pins else "",
            )
        )
    return tuple(found)


@st.composite
def _written_choices(draw: st.DrawFn) -> Choice:
    several, fixed = draw(st.booleans()), draw(st.booleans())
    options = draw(written_options(2, 5, pins=not fixed))
    count = draw(st.integers(1, len(options))) if several else 1
    right = draw(st.permutations(options))[:count] if fixed else options[:count]
    if fixed:
        right = [one for one in right if one.id == identity(one.text)] or [options[0]]
    return Choice(
        id="",
        stem=draw(texts_in_files()),
        options=options,
        keys=tuple(option.id for option in right),
        multiple=several,
        arrangement="fixed" if fixed else "free",
    )


@st.composite
def _written_numbers(draw: st.DrawFn) -> Number:
    whole, part = draw(st.integers(-(10**6), 10**6)), draw(st.integers(1, 99))
    text, value = draw(
        st.sampled_from(
            (
                (f"{whole}", Fraction(whole)),
                (f"{whole:,}", Fraction(whole)),
                (f"{abs(whole)}.{part:02}", Fraction(abs(whole) * 100 + part, 100)),
                (f"{whole}/{part}", Fraction(whole, part)),
                (f"{part}e3", Fraction(part * 1000)),
            )
        )
    )
    unit = draw(st.sampled_from(("", "m", "km^2")))
    return Number(
        id="",
        stem=draw(texts_in_files()),
        value=value,
        text=text,
        tolerance=draw(st.none() | _TOLERANCES),
        bands=draw(
            st.lists(st.builds(model.Band, tolerance=_TOLERANCES, share=_SHARES), max_size=2).map(
                tuple
            )
        ),
        unit=unit,
        units=draw(st.dictionaries(_NAMES, _SHARES, max_size=2)) if unit else {},
    )


@st.composite
def _written_clozes(draw: st.DrawFn) -> Cloze:
    plain = texts_in_files().map(lambda text: text.translate({123: "(", 125: ")", 92: "/"}))
    answers = plain.map(lambda text: " ".join(text.replace("|", "/").replace(":", ";").split()))
    numbers = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True))
    parts: list[str | Gap] = []
    for number in numbers:
        accept = tuple(draw(st.lists(answers, min_size=1, max_size=2)))
        hint = draw(st.just("") | answers)
        if draw(st.booleans()):
            parts.append(f"{draw(plain)} ")
        parts.append(Gap(number=number, accept=accept, hint=hint))
    parts.append(draw(plain))
    stem = draw(st.just("") | texts_in_files())
    return Cloze(id="", stem=stem, parts=tuple(parts), kind=draw(st.sampled_from(model.KINDS)))


@st.composite
def _written_matches(draw: st.DrawFn) -> Match:
    lefts = draw(written_options(2, 4, "l"))
    sides = draw(written_options(3, 5, "r"))
    rights, extra = sides[:2], sides[2:]
    pairs = tuple(Pair(left=left, right=draw(st.sampled_from(rights))) for left in lefts)
    return Match(id="", stem=draw(texts_in_files()), pairs=pairs, extra=extra)


def _whole_answers(item: Entry) -> Entry:
    """A set or list with one answer: members that are written apart would be read as one."""
    if item.kind in ("set", "list"):
        return replace(item, accept=item.accept[:1])
    return item


def _written_types() -> st.SearchStrategy[Item]:
    text, no_id = texts_in_files(), st.just("")
    lists = st.lists(text, min_size=1, max_size=3).map(tuple)
    reasons = st.dictionaries(texts_in_files(lines=False), text, max_size=2)
    lines = st.builds(model.Criterion, text=text, points=st.just(Fraction(1)) | _SHARES)
    return st.one_of(
        _written_choices(),
        st.builds(TrueFalse, id=no_id, statement=text, answer=st.booleans()),
        st.builds(
            Entry,
            id=no_id,
            stem=text,
            accept=lists,
            kind=st.sampled_from(model.KINDS),
            close=reasons,
        ).map(_whole_answers),
        _written_numbers(),
        _written_clozes(),
        _written_matches(),
        st.builds(Order, id=no_id, stem=text, sequence=written_options(2, 4, pins=False)),
        st.builds(
            Open,
            id=no_id,
            stem=text,
            model=text,
            rubric=st.lists(lines, max_size=3).map(tuple),
            lines=st.integers(0, 40),
            grid=st.booleans(),
        ),
        st.builds(Card, id=no_id, front=text, back=text, reverse=st.booleans()),
    )


@st.composite
def written_items(draw: st.DrawFn) -> Item:
    """An item of any type, as reading makes it, with any of the common fields; its id is empty."""
    text = st.just("") | texts_in_files()
    source = st.builds(
        model.Citation,
        document=st.just("reader"),
        paragraphs=st.lists(st.integers(1, 99), max_size=2).map(tuple),
        terms=st.lists(texts_in_files(), max_size=2).map(tuple),
        digest=st.sampled_from(("", "0f3a5b7c9d11")),
        derived=text,
    )
    common = {
        "topic": text,
        "goal": st.just("") | _NAMES,
        "tags": st.lists(_NAMES, max_size=3, unique=True).map(tuple),
        "level": st.sampled_from(model.LEVELS),
        "points": _SHARES | st.integers(1, 9).map(Fraction),
        "explain": text,
        "hint": text,
        "image": st.none() | _IMAGES,
        "audio": st.sampled_from(("", "media/wave.mp3")),
        "source": st.none() | source,
        "claim": st.booleans(),
        "use": st.sampled_from(("both", "practice", "exam")),
        "draft": st.booleans(),
        "retired": text,
        "corrected": st.none() | st.builds(model.Correction, date=_DAYS, text=texts_in_files()),
        "ignore": st.dictionaries(_NAMES, texts_in_files(), max_size=2),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(common)), max_size=5))
    return replace(draw(_written_types()), **{name: draw(common[name]) for name in sorted(chosen)})


@st.composite
def written_banks(draw: st.DrawFn) -> tuple[Item, ...]:
    """One to five items with ids of their own."""
    items = draw(st.lists(written_items(), min_size=1, max_size=5))
    return tuple(replace(item, id=f"item-{place}") for place, item in enumerate(items))


# --- For tests/test_fixing.py: questions that break rules of which each is mended by a program -----

FIXABLE_DOCUMENT = "The pier was begun in 1794.\n\nThe railway came in 1876.\nNine men drowned.\n"
_NEGATIVE_STEMS = (
    "Which of these is not a mammal?",
    "Not one is large.\nWhich of these is not a mammal?",
    'Who said "it is not"? Which city is not in Chile?',
    "Which is false: größer?",
    "Which bird cannot fly, 北京 or \U0001f426?",
    "It's all, except which?",
)
_LASTS = ("All of the above", "None of the above.", "none of these", "Keine der oben genannten")


@st.composite
def fixable_items(draw: st.DrawFn) -> Item:
    """A choice that breaks none, one or several of the rules."""
    stem = draw(st.sampled_from((*_NEGATIVE_STEMS, "Which is **not** one?", "Which is large?")))
    if draw(st.booleans()):
        texts = draw(st.permutations(("4", "6", "8", "10")))[: draw(st.integers(3, 4))]
    else:
        texts = draw(st.permutations(("a seal", "a bat", "größer", "it's: so", "北京")))[:3]
    lasts = draw(st.lists(st.sampled_from(_LASTS), max_size=2, unique=True))
    is_fixed = draw(st.booleans())
    options = tuple(
        Option(
            id=identity(text),
            text=text,
            why=draw(st.sampled_from(("", "", "It's so."))),
            pin="" if is_fixed else draw(st.sampled_from(("", "", "", "first"))),
        )
        for text in draw(st.permutations([*texts, *lasts]))
    )
    several = draw(st.booleans())
    source = draw(
        st.none()
        | st.builds(
            model.Citation,
            document=st.just("reader"),
            paragraphs=st.sampled_from(((), (1,), (2,), (1, 2))),
            terms=st.sampled_from(((), ("1794",), ("1876", "railway"))),
        )
    )
    if source and source.paragraphs == (1,):  # the digest of the second paragraph: it was moved
        source = replace(source, digest=draw(st.sampled_from(("", "f46495e2278a"))))
    return Choice(
        id="",
        stem=stem,
        options=options,
        keys=tuple(option.id for option in options[: draw(st.integers(1, 2)) if several else 1]),
        multiple=several,
        arrangement="fixed" if is_fixed else "free",
        source=source,
        tags=draw(st.sampled_from(((), ("one", "two")))),
        ignore=draw(st.sampled_from(({}, {"unmarked_negative": "It is a joke."}))),
    )


def fixable_banks() -> st.SearchStrategy[tuple[Item, ...]]:
    """One to four of them, with ids, among questions of any kind."""
    others = written_items().filter(lambda item: not isinstance(item, Choice))
    return st.lists(fixable_items() | others, min_size=1, max_size=4).map(
        lambda items: tuple(replace(item, id=f"item-{n}") for n, item in enumerate(items))
    )


# --- For tests/test_sure.py: banks that are right by construction, and look as if they were not --

_APART = (
    ("Co", "CO"), ("C", "C++", "C#"), ("Ca\u207a", "Ca\u207b"), ("x\u00b2", "x2"), ("5 mW", "5 MW"), ("007", "7"),
    ("-5", "5", "5 %", "5 m", "5 m\u00b2", "5 kg", "over 5"), ("$x^2$", "$x_2$"), ("`a`", "`A`"), ("1.5", "15"),
    ("to be", "not to be"), ("1,400", "140.0"), ("2024-01-31", "31 January 2023"), ("All the king's men", "All the ships"),
)  # fmt: skip
"""No two are the same, in print or by value, though those of a row look alike."""
_LABELS = (("I", "II", "III", "IV"), ("i", "ii", "iii", "iv"), tuple("ABCD"), tuple("1234"))
_CITED = (("18,400", "18400"), ("3 October 1831", "1831-10-03"), ("1.5 million", "1,500,000"), ("70 %", "70 per cent"),
          ("eleven", "11"), ("Martha Quayle", "martha quayle"), ("\u00bd", "0.5"), ("70", "70.0"))  # fmt: skip
"""A fact as a document says it, and as a question may cite it."""


def _row(texts: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(id=f"o{place}", text=text) for place, text in enumerate(texts))


def _picked(stem: str, texts: Sequence[str], *, fixed: bool) -> Choice:
    arrangement: model.Arrangement = "fixed" if fixed else "free"
    return Choice(id="", stem=stem, options=_row(texts), keys=("o0",), arrangement=arrangement)


_NAMED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("Which vitamins are meant?", "Which blood groups?", "Which points?", "Which licences?"),
        ("both A and D", "A and C", "only H", "neither A nor B", "iron", "none", "D"),
    ),
    (
        ("Which world wars?", "Which cranial nerves?", "Which oxidation states?", "Which popes?"),
        ("I and II", "only III", "both II and VI", "iron", "none"),
    ),
    (
        ("Which terms of $1 + x$?", "Which lines of the poem?", "Which of the three?"),
        ("the first two", "the last two", "only the first", "x alone", "his own", "never"),
    ),
    (
        ("Figure 1 is a square, Figure 2 a circle. Which?",),
        ("the one in Figure 2", "the one in Figure 1", "neither"),
    ),
    (("What does the program print?",), ("answer 4", "answer 9", "Answer 7")),
)
"""Stems that ask for things which have letters, numerals or places by themselves, and the options."""


def _sound_references() -> st.SearchStrategy[Choice]:
    """Options that speak of such things."""
    return st.one_of(
        *(
            st.builds(
                lambda stem, texts, fixed: _picked(stem, texts[:4], fixed=fixed),
                st.sampled_from(stems),
                st.permutations(texts),
                st.booleans(),
            )
            for stems, texts in _NAMED
        )
    )


@st.composite
def _sound_statements(draw: st.DrawFn) -> Choice:
    """Options that speak of statements which the stem numbers, in one of many ways."""
    labels = draw(st.sampled_from(_LABELS))[: draw(st.integers(2, 4))]
    form = draw(st.sampled_from(("{}. It is so.", "({}) It is so.", "{}: It is so.")))
    stem = "\n".join([*map(form.format, labels), "", "Which of them are right?"])
    forms = ("{} only", "{} and {}", "both {} and {}", "neither {} nor {}")
    count = draw(st.integers(2, 4))
    texts = {
        draw(st.sampled_from(forms)).format(*draw(st.permutations(labels))) for _ in range(count)
    }
    return _picked(stem, [*sorted(texts), "none"], fixed=draw(st.booleans()))


@st.composite
def _sound_options(draw: st.DrawFn) -> Choice:
    """Options that only look alike, or of which one speaks of all others where it may."""
    rows = draw(st.lists(st.sampled_from(_APART), min_size=1, max_size=2, unique=True))
    texts = draw(st.permutations([text for row in rows for text in row]))
    fixed = draw(st.booleans())
    item = _picked("Which is meant?", texts, fixed=fixed)
    match draw(st.sampled_from(("", "last", "number", "letters"))):
        case "last":
            last = Option(id="all", text="None of the above", pin="" if fixed else "last")
            return replace(item, options=(*item.options, last))
        case "number":
            row = draw(st.permutations(("one of these", "all of these", "none of these")))
            return _picked("Iron, tin, gold: how many of these rust?", row, fixed=fixed)
        case "letters" if fixed:
            return replace(item, options=(*item.options, Option(id="ab", text="both A and B")))
        case _:
            return item


@st.composite
def _sound_blanks(draw: st.DrawFn) -> Entry | Choice:
    """As many blanks as the answer has parts, or one word for all of them, as the stem says."""
    words = draw(st.permutations(WORDS))[: draw(st.integers(2, 4))]
    stem = f"It is {' and '.join(['____' for _ in words])}."
    match draw(st.sampled_from(("list", "text", "words", "one", "options", "joined"))):
        case "list":
            return Entry(id="", stem=stem, accept=(", ".join(words),), kind="set")
        case "text":
            return Entry(id="", stem=stem, accept=(" and ".join(words), "; ".join(words)))
        case "words":
            return Entry(id="", stem=stem, accept=(" ".join(words),))
        case "one":
            said = draw(
                st.sampled_from(
                    ("One word fits all gaps.", "The same word goes into each.", "Ein Wort passt.")
                )
            )
            return Entry(id="", stem=f"{said} {stem}", accept=(words[0],))
        case "options":
            return _picked(stem, ["; ".join(words), "; ".join(reversed(words))], fixed=False)
        case _:
            return _picked(
                stem, [" and ".join(words), " and ".join(reversed(words)), "a; b"], fixed=False
            )


@st.composite
def _sound_numbers(draw: st.DrawFn) -> Number:
    """Hundreds, which no tolerance brings together."""
    value = draw(st.integers(-9, 9)) * 100
    tolerance = draw(
        st.sampled_from(
            (None, Tolerance(amount=Fraction(40)), Tolerance(amount=Fraction(1, 20), relative=True))
        )
    )
    band = model.Band(tolerance=Tolerance(amount=Fraction(60)), share=Fraction(1, 2))
    return Number(
        id="",
        stem="How many degrees is it?",
        value=Fraction(value),
        text=str(value),
        tolerance=tolerance,
        bands=(band,) if tolerance and draw(st.booleans()) else (),
    )


@st.composite
def _sound_open(draw: st.DrawFn) -> Open:
    points = draw(st.lists(_SHARES, min_size=1, max_size=3))
    rubric = tuple(model.Criterion(text=f"line {n}", points=one) for n, one in enumerate(points))
    return Open(
        id="",
        stem="Why does `![](x)` show nothing?",
        model="So.",
        rubric=rubric,
        points=sum(points, Fraction(0)),
    )


@st.composite
def sound_banks(draw: st.DrawFn) -> tuple[model.Bank, dict[str, tuple[str, ...]]]:
    """Questions that differ and are right, and the document in which what they cite stands."""
    kinds = (
        _sound_references() | _sound_options() | _sound_blanks() | _sound_numbers() | _sound_open()
    )
    items: list[Item] = []
    paragraphs = []
    for place, one in enumerate(draw(st.lists(kinds, min_size=1, max_size=6))):
        told, cited = draw(st.sampled_from(_CITED))
        paragraphs.append(f"Of this it says: {told} was there.")
        source = model.Citation(
            document="doc", paragraphs=(place + 1,), terms=(cited,), derived="so"
        )
        named = {"id": f"q{place}", "stem": f"{one.stem} This is case {'x' * (place + 1)}."}
        items.append(replace(one, **named, source=draw(st.sampled_from((None, source)))))
    twins = [
        replace(item, id=f"{item.id}-seen", image=model.Image(file="a.png", alt="It."))
        for item in items[:1]
    ]
    document = model.Document(name="doc", title="Doc")
    bank = model.Bank(name="b", title="B", items=(*items, *twins), documents=(document,))
    return bank, {"doc": tuple(paragraphs)}


# --- For tests/test_anki.py: banks whose texts hold all that means something to Anki -------------

_TROUBLE = (
    "word", "}}", "{{c3::no gap}}", "[sound:a.mp3]", "[[type:Question]]", "[latex]x[/latex]", "::",
    "<b>bold</b>", "&amp;", "$x^{{2}}$", "$\\frac{{a}}{b}$", "`a}}`", "`{{b}}`", r"\\(x\\)", "[anki:tts]",
    "**strong**", "\x1f", "\x00", "ابحث", "中文", "| a | b |", "]]>", "{{/Question}}", "<!-- x -->", "[$]y[/$]",
)  # fmt: skip


def _troubled() -> st.SearchStrategy[str]:
    """A text with a word in it, and whatever else may stand in an author's text."""
    pieces = st.lists(st.sampled_from(_TROUBLE), max_size=4)
    return st.tuples(pieces, st.sampled_from((" ", "", "\n\n"))).map(
        lambda drawn: drawn[1].join(("word", *drawn[0]))
    )


def _troubled_options(count: int) -> st.SearchStrategy[tuple[Option, ...]]:
    def named(texts: list[str]) -> tuple[Option, ...]:
        return tuple(Option(id=f"o{n}", text=text) for n, text in enumerate(texts))

    return st.lists(_troubled(), min_size=count, max_size=count).map(named)


@st.composite
def anki_clozes(draw: st.DrawFn, name: str = "cloze") -> Cloze:
    """A cloze with gaps of any numbers, in and between texts of all kinds, some in formulas."""
    numbers = draw(st.lists(st.integers(1, 500), min_size=1, max_size=4, unique=True))
    parts: list[str | Gap] = []
    for number in numbers:
        before, after = draw(
            st.sampled_from((("", ""), (" ", " "), ("$x^{", "}$"), ("**", "**"), ("`", "`")))
        )
        parts += [f"{draw(_troubled())} {before}"]
        hint = draw(st.sampled_from(("", "hint", "a::b", "}}")))
        answers = st.sampled_from(("x", "a}", "}}", "b::c", "c:", "$y_{{1}}$", "{{c9::z}}", "<i>"))
        parts += [Gap(number=number, accept=(draw(answers),), hint=hint), f"{after} "]
    return Cloze(id=name, parts=tuple(parts), explain=draw(_troubled()))


@st.composite
def anki_items(draw: st.DrawFn, name: str) -> Item:
    """An item of any type with troubled texts."""
    text, options = _troubled(), draw(_troubled_options(4))
    kind = draw(st.sampled_from(model.TYPES))
    item: Item
    match kind:
        case "choice":
            item = Choice(
                stem=draw(text),
                options=options,
                keys=("o1",),
                multiple=draw(st.booleans()),
                id=name,
            )
        case "true_false":
            item = TrueFalse(statement=draw(text), answer=draw(st.booleans()), id=name)
        case "entry":
            item = Entry(stem=draw(text), accept=(draw(text), draw(text)), id=name)
        case "number":
            item = Number(stem=draw(text), value=Fraction(3), text="3", unit=draw(text), id=name)
        case "cloze":
            item = draw(anki_clozes(name))
        case "match":
            pairs = (
                Pair(left=options[0], right=options[1]),
                Pair(left=options[2], right=options[3]),
            )
            item = Match(stem=draw(text), pairs=pairs, extra=options[:1], id=name)
        case "order":
            item = Order(stem=draw(text), sequence=options, id=name)
        case "open":
            rubric = (model.Criterion(text=draw(text)),)
            item = Open(stem=draw(text), model=draw(text), rubric=rubric, id=name)
        case "card":
            item = Card(front=draw(text), back=draw(text), reverse=draw(st.booleans()), id=name)
        case _:
            assert_never(kind)
    topic = draw(st.sampled_from(("", "T", "t::U")))
    return replace(item, explain=draw(text), topic=topic)


@st.composite
def anki_banks(draw: st.DrawFn) -> model.Bank:
    """One to six such items."""
    count = draw(st.integers(1, 6))
    items = tuple(draw(anki_items(f"i{n}")) for n in range(count))
    return model.Bank(name="trouble", title="Trouble", items=items)


# --- For tests/test_fuzz_reading.py: files as slips of the hand leave them -----------------------

_SIGNS = ("[", "]", "{", "}", ": ", ", ", "- ", "? ", "&a ", "*a", "!b ", "|", ">", "'", '"', "%", "@", "`",
          " #", "\t", "\\", "---\n", "...\n", "<<: ", "<<<<<<< x\n", ">>>>>>> x\n", "\ufeff", "\x00", "\x85",
          "\u2028", "\r", "{{", "}}", "é", "\n", "\n  ", "\n- ")  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """The bytes of a text after one to five slips."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 5))):
        lines = text.split("\n")
        line, other = draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
        at = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(("sign", "sign", "cut", "lose", "double", "move", "indent"))):
            case "sign":
                text = text[:at] + draw(st.sampled_from(_SIGNS)) + text[at:]
            case "cut":
                text = text[:at] + text[at + draw(st.integers(1, 5)) :]
            case "lose":
                text = "\n".join(lines[:line] + lines[line + 1 :])
            case "double":
                text = "\n".join(lines[: line + 1] + lines[line:])
            case "move":
                lines.insert(other, lines.pop(line))
                text = "\n".join(lines)
            case _:
                lines[line] = f"{draw(st.sampled_from((' ', '  ', '    ')))}{lines[line]}"
                text = "\n".join(lines)
    data = bytearray(text.encode())
    if data and draw(st.booleans()):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


# --- For tests/test_anki_editions.py: what an author does between editions, and a learner --------


def anki_edits() -> st.SearchStrategy[list[Edit]]:
    """One to four edits of a bank; an item that is no cloze never becomes one."""
    kinds = [kind for kind in model.TYPES if kind != "cloze"]
    edit = st.builds(
        Edit,
        what=st.sampled_from((*WHATS, "look")),  # it takes two for a change and its undoing
        place=st.integers(0, 12),
        kind=st.sampled_from(kinds),
        n=st.integers(0, 30),
    )
    return st.lists(edit, min_size=1, max_size=4)


def anki_acts() -> st.SearchStrategy[list[Act]]:
    """Up to three things that a learner does with his cards and notes."""
    act = st.builds(Act, what=st.sampled_from(ACTS), place=st.integers(0, 12), n=st.integers(0, 30))
    return st.lists(act, max_size=3)


# --- For tests/test_import_foreign.py: texts as they stand in a field of Anki's -------------------


def anki_texts() -> st.SearchStrategy[str]:
    """Any text but for the sign that parts Anki's fields; often with signs that Markdown reads."""
    signs = st.characters(exclude_categories=["Cs"], exclude_characters="\x1f")
    marks = st.sampled_from(
        (*"\\`*_~$<>&[]!#|-+=.)1 \n", "**", "1. ", "- ", "  ", "\n\n", "&amp;", "\\(")
    )
    return st.text(signs, max_size=60) | st.lists(marks | signs, max_size=30).map("".join)


# --- For tests/test_manifest.py: quizzes as they were handed out ----------------------------------


@st.composite
def editions(draw: st.DrawFn) -> model.Edition:
    """A quiz of items with all that items may say, in one to four forms, by any rules."""
    items = draw(written_banks())
    if draw(st.booleans()):
        items = tuple(replace(item, passage="text") for item in items[:2]) + items[2:]
    passage = model.Passage(id="text", text=draw(texts_in_files()), image=draw(st.none() | _IMAGES))
    plan = model.QuizPlan(
        id=draw(_NAMES),
        title=draw(texts_in_files()),
        instructions=draw(st.just("") | texts_in_files()),
        minutes=draw(st.integers(0, 90)),
        blueprint=(model.Quota(count=len(items), spread=draw(st.booleans())),),
        seed=draw(st.integers(0, 2**64)),
        forms=draw(st.integers(1, 4)),
        shuffle_questions=draw(st.booleans()),
        balanced=draw(st.booleans()),
        points=draw(st.none() | _SHARES),
        rules=draw(RULES),
    )
    passages = (passage,) if any(item.passage for item in items) else ()
    whole = model.Quiz(bank=draw(_NAMES), plan=plan, items=items, passages=passages)
    quiz = draw(as_drawn(whole))
    return model.Edition(
        number=draw(st.integers(1, 30)),
        frozen=draw(_DAYS),
        version="0.2.0",
        bank_digest="0f3a5b7c9d11",
        language=draw(st.sampled_from(("en", "de", "ar"))),
        title=draw(texts_in_files()),
        documents=draw(st.sampled_from(((), (model.Document(name="reader", title="Reader"),)))),
        quiz=quiz,
        forms=make_forms(quiz),
        media=draw(st.sampled_from(({}, {"media/map.png": "0f3a5b7c9d11"}))),
    )


# --- Templates of other people's notes -----------------------------------------------------------


def anki_sides(fields: str, name: str) -> st.SearchStrategy[str]:
    """One side of a template: words of its own, no two alike, around these fields of one letter.

    With conditions, line ends, and what shows nothing.
    """
    shows = st.sampled_from(
        [f"{{{{{filters}{one}}}}}" for one in fields for filters in ("", "text:", "kana:", "x:")]
    )
    bare = st.sampled_from(
        ("<!-- {{A}} --> ", "<script>x()</script>", "<style>b{c:d}</style>", " ", "<br>", "<hr>")
    )
    words = st.sampled_from(("word", "<b>word</b>", "<i>word</i> word", "word?", "(word)"))

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        condition = st.tuples(st.sampled_from("#^"), st.sampled_from(fields), inner)
        blocks = st.tuples(st.sampled_from(("div", "p", "span", "h2", "center")), inner)
        return st.one_of(
            condition.map(lambda one: f"{{{{{one[0]}{one[1]}}}}}{one[2]}{{{{/{one[1]}}}}}"),
            blocks.map(lambda one: f'<{one[0]} class="x">{one[1]}</{one[0]}>'),
            st.lists(inner, min_size=1, max_size=3).map(" ".join),
        )

    def counted(side: str) -> str:
        pieces = side.split("word")
        numbered = (f"{name}{place}{piece}" for place, piece in enumerate(pieces[1:]))
        return pieces[0] + "".join(numbered)

    return st.recursive(shows | bare | words, around, max_leaves=12).map(counted)


@st.composite
def score_tables(
    draw: st.DrawFn, *, missing: bool = True
) -> tuple[list[list[int | None]], list[int]]:
    """Points of students (rows) in items, None for those without a score; and what items are worth."""
    worth = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    cells = [
        st.none() | st.integers(0, full) if missing else st.integers(0, full) for full in worth
    ]
    return draw(st.lists(st.tuples(*cells).map(list), min_size=1, max_size=40)), worth


# --- For tests/test_stats_looks.py: what a record may say ----------------------------------------


def _recalls(least: int = 0) -> st.SearchStrategy[model.Recalls]:
    def made(reviews: int, shares: tuple[float, float]) -> model.Recalls:
        recalled = round(reviews * shares[0])
        return model.Recalls(reviews=reviews, recalled=recalled, foreseen=reviews * shares[1])

    share = st.floats(0, 1)
    return st.builds(made, st.sampled_from((least, 1, 9, 40, 12_345)), st.tuples(share, share))


def _troubles() -> st.SearchStrategy[model.Trouble]:
    words = st.sampled_from(
        ("<b>Why</b> & how?", "哪个湖最深？" * 20, "Which lake? " * 30, "x" * 99)
    )
    return st.builds(
        model.Trouble,
        item=st.just("lake"),
        part=st.sampled_from(("", "c1")),
        topic=st.sampled_from(("", "Lakes")),
        stem=words,
        answer=words,
        place=st.just("questions/lakes.yaml:12"),
        reviews=st.just(9),
        missed=st.integers(2, 9),
    )


@st.composite
def statistics(draw: st.DrawFn) -> model.Statistics:
    """A record of some days, weeks or years, from nothing at all to more than a screen holds."""
    first = date(2026, 1, 1).toordinal() + draw(st.integers(0, 400))
    rhythm = draw(st.lists(st.sampled_from((0, 0, 1, 12, 400)), min_size=1, max_size=9))
    length = draw(st.sampled_from((1, 7, 90, 200)))
    counts = st.sampled_from((0, 0, 1, 12, 400))
    levels = draw(st.sets(st.sampled_from((1, 2, 3))))
    verdicts = st.sampled_from(get_args(model.Calibration))
    lows = sorted(draw(st.sets(st.sampled_from((0, *range(50, 100, 5))))))
    names = st.sampled_from(
        ("", "Lakes", "湖泊与河流", "Where all the water of the earth is found")
    )
    return model.Statistics(
        title=draw(st.sampled_from(("Lakes", "All the waters of the earth & more " * 3))),
        topic=draw(st.sampled_from(("", "Lakes"))),
        days=tuple(
            model.ActiveDay(
                date=date.fromordinal(first + number).isoformat(),
                answers=rhythm[number % len(rhythm)],
            )
            for number in range(length)
        ),
        run=draw(st.sampled_from((0, 1, 8))),
        has_record=draw(st.sampled_from((True, True, True, False))),
        forecast=tuple((rhythm * 30)[:30]),
        overdue=rhythm[0],
        recalls=draw(_recalls()),
        bands=tuple(
            model.RecallBand(low=low, high=low + 5 if low else 50, recalls=draw(_recalls(1)))
            for low in lows
        ),
        sureness=tuple(
            model.Sureness(level=level, answers=40, right=30, verdict=draw(verdicts))
            for level in sorted(levels)
        ),
        topics=tuple(
            model.TopicStatistics(
                topic=draw(names),
                tasks=1234,
                seen=draw(st.integers(0, 1234)),
                due=draw(counts),
                stuck=draw(counts),
                recalls=draw(_recalls()),
            )
            for _ in range(draw(st.integers(1, 3)))
        ),
        leeches=tuple(
            draw(
                st.lists(
                    st.builds(
                        model.Leech,
                        trouble=_troubles(),
                        lapses=st.integers(4, 40),
                        stability=st.floats(0.1, 20),
                        usual=st.sampled_from(("", "Lake <Superior>.", "高" * 40)),
                        times=st.integers(2, 9),
                    ),
                    max_size=7,
                )
            )
        ),
        hardest=tuple(draw(st.lists(_troubles(), max_size=7))),
    )


def written_numbers(number: Fraction) -> tuple[str, ...]:
    """Ways to write a number from 0 on with at most two decimals, all of which mean it."""
    whole, rest = divmod(number, 1)
    decimals = f"{int(rest * 100):02}".rstrip("0") if rest else ""
    tail = f".{decimals}" if decimals else ""
    found = [f"{whole}{tail}", f"{whole:,}{tail}", f"{whole:,}{tail}".replace(",", "\u00a0")]
    if rest == Fraction(1, 2):
        found += [f"{whole}\u00bd" if whole else "\u00bd", f"{whole} 1/2" if whole else "1/2"]
    if not rest:
        found += [f"{whole:,}".replace(",", " "), f"{whole}.0", f"{whole * 100} %"]
        found += [f"{Fraction(whole, 10**6).numerator} million"] if whole % 10**6 == 0 else []
        found += (
            [f"{Fraction(whole * 100, 10**3).numerator / 100:.15g} thousand"]
            if whole % 10 == 0
            else []
        )
    return tuple(found)


# --- For tests/test_drafting.py: texts with facts, and with what only looks like facts ------------

_PIECES = (
    "In 1954", "by 2017 Vetro", "on 3 May 2021,", "212 passengers", "84 m", "$46.5 million", "31 %",
    "No. 5", "version 2.1.4", "at 7:15", "the 1820s", "the 9th century", "two thirds", "three ships",
    "Maria Kuyper", "Port Ellery", "the Bank of Ellery", "Dr. Holm", "the U.S. Embassy", "NATO",
    "Northern Sea Lines (NSL)", "Verro Canal Company (VCC)", "volumetric flask (VF)", "coal, salt and tin",
    "A playa is a flat bed that dries up.", "Ane, Sorro and Kell.", "pH 8.2", "20 °C to 25 °C", "6 points",
    "between 400 and 450", "1,284 m", "0.05 mL", "6200 BC", "and so on.", "It grew.", "- item", "1. step",
    "# Heading", "<p>", "</p>", "\u00a0", "\u2028", "\x07", "100 %", "0", "000", "1 000 000 people",
    "draft: true", "{{gap}}", "'", '"', "\\", "@x", "*", "| a | b |", "12th", "€9", "a: b # c", "Xi: 5",
)  # fmt: skip


def drafted_texts() -> st.SearchStrategy[str]:
    """Paragraphs of facts, of traps and of anything at all."""
    words = st.sampled_from(_PIECES) | st.text(max_size=12)
    lines = st.lists(words, max_size=14).map(" ".join)
    return st.lists(lines, max_size=8).map("\n".join)


def free_ranks() -> st.SearchStrategy[dict[str, tuple[int, ...]]]:
    """Choices, each with the ranks that its key can have."""
    ranks = st.sets(st.integers(0, 3), min_size=1).map(lambda found: tuple(sorted(found)))
    return st.dictionaries(st.sampled_from("abcdefgh"), ranks, max_size=7)

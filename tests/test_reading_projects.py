"""Whole projects: which files are read, what is wrong between them, and the place of what others find."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from quizgen.bank import locate, read_bank, syntax, tree
from quizgen.bank.limits import MEDIA_BYTES, OPTIONS, TEXT
from quizgen.checks.catalogue import check
from quizgen.core.select import draw
from quizgen.model import Choice, Entry, Number
from quizgen.problem import Problem, Where
from tests.broken_banks import SOUND, keep_from_reading, project, read, said_of

CARD = "questions:\n- {id: one, front: a, back: b}\n"


# --- Which files are read ------------------------------------------------------------------------


def test_a_tree_of_files_is_one_bank_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """bank.yaml is read first wherever it stands in the alphabet; both endings, in any case."""
    root = project(tmp_path, b=CARD.replace("one", "second"), a=CARD.replace("one", "first"))
    (root / "questions" / "c").mkdir()
    (root / "questions" / "c" / "deep.yml").write_text(CARD.replace("one", "third"))
    (root / "questions" / "d.YAML").write_text(CARD.replace("one", "fourth"))
    bank = read_bank(root).bank
    assert bank is not None
    assert [item.id for item in bank.items] == ["first", "second", "third", "fourth"]


def test_hidden_files_and_other_files_are_left_alone(tmp_path: Path) -> None:
    root = project(tmp_path, q=CARD)
    for name in (".#q.yaml", "notes.txt", ".git/x.yaml", "folder.yaml/readme.md"):
        path = root / "questions" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("no: questions")
    reading = read_bank(root)
    assert reading.problems == ()


def test_without_bank_yaml_the_file_is_asked_for(tmp_path: Path) -> None:
    root = project(tmp_path, q=CARD.replace("b}", "b, source: reader, topic: Lakes}"))
    (root / "questions" / "bank.yaml").unlink()
    reading = read_bank(root)
    assert reading.bank is None
    assert said_of(reading) == [
        "bank.yaml:1:1: There is no questions/bank.yaml. Write one with bank: NAME and title: TITLE, or run quizgen init. [no_bank_file]"
    ]


def test_a_bank_yaml_in_the_wrong_place_is_found(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "questions" / "lakes").mkdir()
    (root / "questions" / "bank.yaml").rename(root / "questions" / "lakes" / "bank.yaml")
    assert said_of(read_bank(root)) == [
        "bank.yaml:1:1: There is no questions/bank.yaml, but there is questions/lakes/bank.yaml. Rename that one to questions/bank.yaml. [no_bank_file]",
        "lakes/bank.yaml:1:1: A second bank is declared here, but a project holds one. Move what it says to questions/bank.yaml, or give it a project of its own. [two_banks]",
    ]


def test_two_banks_of_one_name_are_refused(tmp_path: Path) -> None:
    assert said_of(read(tmp_path, other=SOUND)) == [
        "other.yaml:1:1: A second bank is declared here, but a project holds one. Move what it says to questions/bank.yaml, or give it a project of its own. [two_banks]"
    ]


def test_one_id_in_two_files_is_refused_at_the_later(tmp_path: Path) -> None:
    """Questions and passages share their names."""
    passage = (
        "questions:\n- id: one\n  passage: A text.\n  questions: [{id: two, front: a, back: b}]\n"
    )
    assert said_of(read(tmp_path, a=CARD, b=passage)) == [
        'b.yaml:2:7: The id "one" is taken already, at questions/a.yaml:2. Give this one another id. [duplicate_ids]'
    ]


def test_a_slip_in_bank_yaml_makes_no_topic_or_source_unknown(tmp_path: Path) -> None:
    """What the broken part declares may be just what is missed."""
    settings = "bank: lakes\ntitle: Lakes\nsources: {reader: A reader}\ntopics:\n  Lakes:\n"
    text = "questions:\n- {id: one, topic: Seas, source: other, front: a, back: b}\n"
    assert [said.rsplit(" ", 1)[1] for said in said_of(read(tmp_path, bank=settings, q=text))] == [
        "[wrong_type]"
    ]
    whole = settings.replace("A reader", "{title: A reader}")
    assert len(said_of(read(tmp_path, bank=whole, q=text))) == 2


def test_a_section_may_keep_the_order_that_its_quiz_shuffles(tmp_path: Path) -> None:
    settings = f"""{SOUND}quizzes:
  mid:
    shuffle_questions: true
    sections:
    - {{title: One, blueprint: [{{items: [one]}}]}}
    - {{title: Two, blueprint: [{{items: [one]}}], shuffle_questions: false}}
"""
    bank = read(tmp_path, bank=settings, q=CARD).bank
    assert bank is not None
    assert [section.shuffle_questions for section in bank.quizzes[0].sections] == [True, False]


@pytest.mark.parametrize("name", ["bank", "q"])
def test_a_file_that_may_not_be_read_is_told_at_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The others are read all the same; nothing is taken from or kept in the copy."""
    root, copy = project(tmp_path, q=CARD, r=CARD.replace("one", "two")), tmp_path / "copy"
    assert read_bank(root, cache=copy).problems == ()
    kept = copy.read_bytes()
    keep_from_reading(monkeypatch, root / "questions" / f"{name}.yaml")
    reading = read_bank(root, cache=copy)
    assert said_of(reading) == [
        f"{name}.yaml:1:1: The file cannot be read: Permission denied. Give yourself the right to read it, or move it elsewhere. [unreadable_file]"
    ]
    assert "two" in reading.origin.items
    monkeypatch.undo()
    assert copy.read_bytes() == kept


def test_a_picture_that_may_not_be_read_is_told_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = CARD.replace("b}", "b, image: {file: media/map.png, alt: A map}}")
    root = project(tmp_path, q=text)
    keep_from_reading(monkeypatch, root / "questions" / "media" / "map.png")
    assert said_of(read_bank(root)) == [
        'q.yaml:2:46: The file "media/map.png" cannot be read: Permission denied. Give yourself the right to read it. [unreadable_file]'
    ]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.JPG", b"\xff\xd8\xff\xe0"),
        ("a.jpeg", b"\xff\xd8\xff\xe1"),
        ("a.gif", b"GIF89a"),
        ("a.webp", b"RIFF\x0a\n\x00\x00WEBP"),
    ],
)
def test_pictures_are_told_by_their_first_bytes(tmp_path: Path, name: str, head: bytes) -> None:
    root = project(tmp_path, q=CARD.replace("b}", f"b, image: {{file: {name}, alt: A map}}}}"))
    (root / "questions" / name).write_bytes(head + bytes(20))
    assert read_bank(root).problems == ()
    (root / "questions" / name).write_bytes(b"x" + head)
    assert [problem.code for problem in read_bank(root).problems] == ["not_a_picture"]


@pytest.mark.parametrize("width", ["8 cm", "8cm", "40 %", "2.5in", "120px", "1.5 rem"])
def test_widths_are_numbers_with_a_unit(tmp_path: Path, width: str) -> None:
    image = f"image: {{file: media/map.png, alt: A map, width: {width}}}"
    assert read(tmp_path, q=CARD.replace("b}", f"b, {image}}}")).problems == ()


@pytest.mark.parametrize(
    ("says", "points"), [("", 3), (", points: 3", 3), (", points: 2", 2), (", rubric: [a]", 1)]
)
def test_a_rubric_gives_the_points_where_none_are_written(
    tmp_path: Path, says: str, points: int
) -> None:
    """Else they stay as written, for the check to compare."""
    rubric = "" if "rubric" in says else ", rubric: [a, {text: b, points: 2}]"
    text = f"questions:\n- {{id: why, stem: Why?, model: So.{rubric}{says}}}\n"
    bank = read(tmp_path, q=text).bank
    assert bank is not None
    assert [item.points for item in bank.items] == [points]


def test_a_bank_without_questions_is_told(tmp_path: Path) -> None:
    """As a warning: a new bank starts so."""
    assert said_of(read(tmp_path)) == [
        "bank.yaml:1:1: warning: The bank holds no question. Write one in a file beside this one, such as questions/lakes.yaml. [no_questions]"
    ]
    assert said_of(read(tmp_path, q="questions:\n- {id: later, draft: true}\n")) == []


# --- Bytes ---------------------------------------------------------------------------------------


def test_another_encoding_is_told_at_its_first_letter(tmp_path: Path) -> None:
    text = "questions:\n- {id: one, front: Größe, back: b}\n"
    assert said_of(read(tmp_path, q=text.encode("latin-1"))) == [
        "q.yaml:2:22: From this letter on the file is not UTF-8 text: it was saved in another encoding. Save it again as UTF-8 (in most editors: Save as, Encoding). [not_utf8]"
    ]


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\ufeff", "a byte order mark, which belongs at the very start of a file or nowhere"),
        ("\x00", "an invisible character (U+0000)"),
        ("\x07", "an invisible character (U+0007)"),
        ("\u2028", "an invisible character (U+2028)"),
        ("\x85", "an invisible character (U+0085)"),
    ],
)
def test_invisible_characters_are_told(tmp_path: Path, sign: str, name: str) -> None:
    text = CARD.replace("front: a", f"front: a{sign}c")
    assert said_of(read(tmp_path, q=text)) == [
        f"q.yaml:2:21: Here stands {name}. Delete it; if it cannot be seen, delete the space around it and type that again. [forbidden_character]"
    ]


def test_half_of_a_pair_is_told_where_yaml_lets_it_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without libyaml, which refuses it."""
    monkeypatch.setattr(tree, "_Parser", yaml.Loader)
    (said,) = said_of(read(tmp_path, q='questions:\n- {id: one, front: "\\ud83d", back: b}\n'))
    assert said.startswith("q.yaml:2:20: The backslash in these double quotes makes an invisible")


def test_what_stands_behind_an_invisible_character_keeps_its_column(tmp_path: Path) -> None:
    text = CARD.replace("front: a", "front: a\x07c, hnit: b")
    assert said_of(read(tmp_path, q=text))[1].startswith(
        'q.yaml:2:25: This question has no field "hnit"'
    )


NUMBERS = {
    "-1/2": Fraction(-1, 2),
    "+3": Fraction(3),
    "-1,400.5": Fraction(-2801, 2),
    ".5": Fraction(1, 2),
    "1e-3": Fraction(1, 1000),
}


@pytest.mark.parametrize(("written", "value"), NUMBERS.items())
def test_a_number_is_read_exactly_with_its_sign(
    tmp_path: Path, written: str, value: Fraction
) -> None:
    reading = read(tmp_path, q=f"questions:\n- {{id: x, stem: What is x?, number: '{written}'}}\n")
    assert reading.bank is not None
    (item,) = reading.bank.items
    assert isinstance(item, Number)
    assert (item.value, item.text) == (value, written)


def test_an_option_is_known_by_its_text_in_one_form_for_ever(tmp_path: Path) -> None:
    """Without capitals, double spaces, ligatures and raised digits; an `id` may be an old text."""
    text = """\
questions:
- id: one
  stem: Which?
  answer: "The  ﬁrst \\u00a0A²"
  distractors: [{text: New, id: An Old  Text}, {text: Other, id: other-1}]
"""
    reading = read(tmp_path, q=text)
    assert reading.bank is not None
    (item,) = reading.bank.items
    assert isinstance(item, Choice)
    assert [option.id for option in item.options] == ["the first a2", "an old text", "other-1"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "FILE_BYTES", 2_000_000)
    assert said_of(read(tmp_path, q=b"#" * 2_000_001)) == [
        "q.yaml:1:1: The file is larger than 2 MB. Split it into several files. [too_large]"
    ]


def test_a_text_and_a_list_have_a_limit(tmp_path: Path) -> None:
    text = CARD.replace("front: a", f"front: {'a' * (TEXT + 1)}")
    options = ", ".join(f"o{number}" for number in range(OPTIONS + 1))
    text += f"- {{id: two, stem: Which?, answer: a, distractors: [{options}]}}\n"
    assert said_of(read(tmp_path, q=text)) == [
        'q.yaml:2:20: "front" is longer than 50,000 characters. Shorten it. [too_long]',
        'q.yaml:3:51: "distractors" holds more than 100. Shorten the list. [too_many]',
    ]


# --- Drafts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lacking",
    [
        "stem: Which?",
        "stem: Which?, answer: a",
        "stem: Which?, distractors: [a, b]",
        "stem: Which?, options: [a, b]",
        "statement: So it is.",
        "stem: How many?, unit: m",
        "cloze: No gap.",
        "stem: Match., match: {a: b}",
        "stem: Order., order: [a]",
        "accept: a",
        "front: a",
        "hint: a",
        "stem: '', number: 4",
    ],
)
def test_a_draft_may_lack_anything(tmp_path: Path, lacking: str) -> None:
    """Without a word; the same is told of it once it is none."""
    text = f"questions:\n- {{id: one, draft: true, {lacking}}}\n"
    reading = read(tmp_path, q=text)
    assert reading.problems == ()
    assert reading.bank is not None
    assert reading.bank.items == ()
    capital = text.replace("draft: true", "draft: True")
    assert read(tmp_path, q=capital).problems == ()
    as_default = f"draft: true\n{text.replace('draft: true, ', '')}"
    assert read(tmp_path, q=as_default).problems == ()
    assert len(read(tmp_path, q=text.replace("true", "false")).problems) == 1
    back = as_default.replace("id: one", "id: one, draft: false")
    assert len(read(tmp_path, q=back).problems) == 1


@pytest.mark.parametrize(
    "lacking", ["stem:\n  accept: a", "stem: Which?\n  answer:\n  distractors: [a, b]", "match:"]
)
def test_in_a_draft_a_field_may_wait_for_what_belongs_behind_it(
    tmp_path: Path, lacking: str
) -> None:
    """In a question it is empty by mistake."""
    text = f"questions:\n- id: one\n  draft: true\n  {lacking}\n"
    assert read(tmp_path, q=text).problems == ()
    assert read(tmp_path, q=text.replace("true", "false")).problems


def test_drafts_are_counted_whole_or_not(tmp_path: Path) -> None:
    """As they are when the bank is taken from its copy; what is no draft is not among them."""
    text = (
        "questions:\n- {id: whole, front: a, back: b, draft: true}\n"
        "- {id: sketch, accept: a, draft: true}\n- {id: ready, front: c, back: d}\n"
    )
    reading = read(tmp_path, q=text)
    assert (reading.problems, reading.origin.drafts) == ((), 2)
    cache = tmp_path / "bank.msgpack"
    assert [read_bank(tmp_path, cache=cache).origin.drafts for _ in range(2)] == [2, 2]


# --- The place of what others find ---------------------------------------------------------------


def test_a_tolerance_that_swallows_is_told_in_its_place(tmp_path: Path) -> None:
    text = "questions:\n- id: depth\n  stem: How deep, in metres?\n  number: 1,642\n  tolerance: 100 %\n"
    reading = read(tmp_path, q=text)
    assert reading.problems == ()
    assert reading.bank is not None
    (problem,) = locate(check(reading.bank), reading.origin)
    assert problem.code == "tolerance_swallows"
    assert str(problem.where) == "questions/q.yaml:5:14"


def test_a_quota_that_cannot_be_met_is_told_in_its_place(tmp_path: Path) -> None:
    bank = f"{SOUND}quizzes:\n  midterm:\n    blueprint:\n    - {{count: 2}}\n"
    reading = read(tmp_path, bank=bank, q=CARD)
    assert reading.problems == ()
    assert reading.bank is not None
    quiz, found = draw(reading.bank, reading.bank.quizzes[0])
    (problem,) = locate(found, reading.origin)
    assert quiz is None
    assert problem.code == "quota_short"
    assert str(problem.where) == "questions/bank.yaml:8:7"


@pytest.mark.parametrize(
    ("field", "place"),
    [
        (None, "2:3"),
        ("stem", "3:9"),
        ("distractors", "5:16"),
        ("distractors.1", "5:25"),
        ("distractors.7", "5:16"),
        ("explain", "2:3"),
    ],
)
def test_a_field_is_found_or_else_what_holds_it(
    tmp_path: Path, field: str | None, place: str
) -> None:
    text = "questions:\n- id: lake\n  stem: Which lake?\n  answer: Baikal\n  distractors: [Ladoga, Onega]\n"
    reading = read(tmp_path, q=text)
    problem = locate([_problem("lake", field)], reading.origin)[0]
    assert str(problem.where) == f"questions/q.yaml:{place}"


BROKEN = {
    "a colon": "  stem: Note: which lake?\n",
    "a quote": '  stem: "Which lake?\n',
    "a field too far left": " stem: Which lake?\n",
    "a line that is no field": "  stem: Which lake?\n  in Asia\n",
    "a missing dash": "\nid: two\n  stem: Which lake?\n",
    "tabs": "\tstem: Which lake?\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_stands_after_a_broken_question_keeps_its_places(tmp_path: Path, broken: str) -> None:
    """For slips of the reader as for what rules find: at the field, and not at the dash."""
    after = "- id: lake\n  stem: Which lake?\n  answer: Baikal\n  distractors: [Ladoga, Onega]\n  level: easy\n"
    text = f"questions:\n- id: one\n  accept: Baikal\n{broken}{after}"
    reading = read(tmp_path, q=text)
    first = text.count("\n") - 4
    assert any(str(one.where).endswith(f"q.yaml:{first + 4}:10") for one in reading.problems)
    fields = {"stem": f"{first + 1}:9", "distractors.1": f"{first + 3}:25", "explain": f"{first}:3"}
    found = locate([_problem("lake", field) for field in fields], reading.origin)
    assert [str(one.where) for one in found] == [f"questions/q.yaml:{at}" for at in fields.values()]


def test_behind_tabs_a_field_is_found_in_its_own_column(tmp_path: Path) -> None:
    text = "questions:\n- id: lake\n\tstem: Which lake?\n\taccept: Baikal\n"
    (problem,) = locate([_problem("lake", "accept")], read(tmp_path, q=text).origin)
    assert str(problem.where) == "questions/q.yaml:4:10"


def test_what_is_nowhere_has_no_place(tmp_path: Path) -> None:
    """And a place that is there already stays."""
    reading = read(tmp_path, q=CARD)
    lost, kept = locate([_problem("no-one", None), _placed()], reading.origin)
    assert lost.where is None
    assert kept == _placed()


def _problem(item: str | None, field: str | None) -> Problem:
    return Problem(code="some_code", message="Something.", item=item, field=field)


def _placed() -> Problem:
    return Problem(code="some_code", message="Something.", where=Where("here.txt", 3, 4))


# --- What is fine --------------------------------------------------------------------------------


def test_what_looks_like_a_slip_and_is_none(tmp_path: Path) -> None:
    """Comments after two spaces, commas in quotes or before a bracket, tabs in code, a heading
    underlined in a text, backslashes in single quotes and in blocks, line breaks in double quotes.
    """
    text = """\
questions:  # all of them
- id: fine
  stem: |  # in code
    What does this print?

        if x:
        \tprint("a\\tb") # nothing

    =======
  answer: 'C # and \\frac{1}{2}'  # a comment
  distractors: ["1,400", 'D.C., U.S.', "one\\nline", C#, "x,y", a#b,]
"""
    reading = read(tmp_path, q=text)
    assert said_of(reading) == [
        "q.yaml:11:40: In double quotes \"\\nline\" is not read as it stands: \\n becomes a sign that nobody sees. Use single quotes, which keep a backslash as it is: '... \\nline ...'. [escape]"
    ]
    reading = read(tmp_path, q=text.replace("\\nline", "\\n 2"))
    assert reading.problems == ()
    assert reading.bank is not None
    (item,) = reading.bank.items
    assert isinstance(item, Choice)
    assert item.stem.endswith('\tprint("a\\tb") # nothing\n\n=======')
    assert [option.text for option in item.options] == [
        r"C # and \frac{1}{2}",
        "1,400",
        "D.C., U.S.",
        "one\n 2",
        "C#",
        "x,y",
        "a#b",
    ]


def test_dashes_that_part_nothing_are_fine(tmp_path: Path) -> None:
    """Within a line, in quotes and blocks, in a list below its field or below another's dash; a
    text of several lines goes on with anything else.
    """
    text = """\
questions:
- id: fine
  stem: Which lake - of those in Siberia -
    is the deepest, at
    -1,186 m below the sea?
  answer: "Baikal
    - the deep one"
  distractors:
    - Ladoga
    -
      Onega
    - text: |
        * not this
        - nor this
      why: >
        It is
        - as was said -
        less deep.
    - 'Victoria

      - the wide one'
- id: pairs
  stem: Match each lake with its continent.
  match:
  - - Baikal
    - Asia
  - - Victoria - of the Nile
    - Africa
"""
    reading = read(tmp_path, q=text)
    assert said_of(reading) == []
    assert reading.bank is not None
    assert isinstance(item := reading.bank.items[0], Choice)
    assert item.stem.endswith("- is the deepest, at -1,186 m below the sea?")
    assert len(item.options) == 5


@pytest.mark.parametrize("kind", ["set", "list"])
def test_members_written_apart_are_one_answer(kind: str, tmp_path: Path) -> None:
    """So that what is shown as the answer is the whole of it."""
    texts = {"[Ladoga, Onega]": ("Ladoga, Onega",), "['Ladoga; Onega', 'Onega; Ladoga']": None}
    for written, expected in texts.items():
        text = f"questions:\n- {{id: a, stem: Lakes?, kind: {kind}, accept: {written}}}\n"
        reading = read_bank(project(tmp_path, q=text))
        assert reading.bank is not None
        (item,) = reading.bank.items
        assert isinstance(item, Entry)
        assert item.accept == (expected or ("Ladoga; Onega", "Onega; Ladoga"))


def test_a_picture_or_sound_that_is_too_large_is_told(tmp_path: Path) -> None:
    """At the place where it is named; nothing of it is read."""
    text = "questions:\n- {id: a, front: F, back: B, audio: media/whale.mp3}\n"
    root = project(tmp_path, q=text)
    sound = root / "questions" / "media" / "whale.mp3"
    sound.parent.mkdir(exist_ok=True)
    with sound.open("wb") as file:
        file.truncate(MEDIA_BYTES + 1)
    (problem,) = read_bank(root).problems
    assert (problem.code, problem.where) == ("large_file", Where("questions/q.yaml", 2, 37))

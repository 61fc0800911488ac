"""Fields, ids, types and files of questions."""

from tests.broken_banks import Broken

ITEMS = (
    Broken(
        "an unknown field, near to one",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distracters: [Ladoga, Victoria]
""",
        'q.yaml:5:3: A question has no field "distracters"; did you mean "distractors"? Write distractors:, or delete it. [unknown_field]',
    ),
    Broken(
        "an unknown field, near to none",
        """
questions:
- id: baikal
  front: Baikal
  back: a lake
  weather: fine
""",
        'q.yaml:5:3: This question has no field "weather". It may have: id, type, front, back, reverse, topic, goal, tags, level, points, explain, hint, image, audio, source, claim, use, draft, retired, corrected, ignore. [unknown_field]',
    ),
    Broken(
        "an unknown field at the top",
        """
tpoic: Lakes
questions:
- {id: one, front: a, back: b}
""",
        'q.yaml:1:1: A question file has no field "tpoic"; did you mean "topic"? Write topic:, or delete it. [unknown_field]',
    ),
    Broken(
        "an unknown field in an option",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: {text: Baikal, because: It is deep.}
  distractors: [Ladoga]
""",
        'q.yaml:4:26: An option has no field "because". It may have: text, why, pin, id, image. [unknown_field]',
    ),
    Broken(
        "a field of another type",
        """
questions:
- id: baikal
  stem: Which lake?
  accept: Baikal
  tolerance: 1 %
""",
        'q.yaml:5:3: "tolerance" does not belong to a typed answer. Delete it; it belongs to a number. [field_of_other_type]',
    ),
    Broken(
        "no id",
        """
questions:
- front: Baikal
  back: a lake
""",
        'q.yaml:2:3: This question has no id. Run "quizgen ids"; then never change it. [no_id]',
    ),
    Broken(
        "an id with a space",
        """
questions:
- {id: lake baikal, front: Baikal, back: a lake}
""",
        'q.yaml:2:8: "lake baikal" cannot be a name. Use letters, digits and hyphens only, at most 80, such as lake-baikal. [bad_name]',
    ),
    Broken(
        "an id that is a list",
        """
questions:
- {id: [a, b], front: Baikal, back: a lake}
""",
        'q.yaml:2:8: "id" takes a text, but a list stands here. Write the text alone; if it starts with [ or {, put it in quotes. [wrong_type]',
    ),
    Broken(
        "no answer",
        """
questions:
- id: baikal
  stem: Which lake?
""",
        "q.yaml:2:3: This question has no answer. Write answer: and distractors:, or accept:, number:, cloze:, match:, order:, model: or back:. [no_answer]",
    ),
    Broken(
        "an answer alone",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
""",
        'q.yaml:4:3: With "answer" alone the type of the question is not clear. Add distractors: [...] for a choice; write accept: for a typed answer, number: for a number, statement: for true/false. [answer_alone]',
    ),
    Broken(
        "two types at once",
        """
questions:
- id: baikal
  stem: How deep?
  accept: deep
  number: 1642
""",
        'q.yaml:5:3: "accept" makes this a typed answer, "number" a number. Keep one of the two; a question has one type. [two_types]',
    ),
    Broken(
        "another type than is written",
        """
questions:
- id: baikal
  type: order
  stem: Which lake?
  accept: Baikal
""",
        'q.yaml:3:9: The type is order, but "accept" belongs to a typed answer. Change the type or the field. [two_types]',
    ),
    Broken(
        "an unknown type",
        """
questions:
- id: baikal
  type: multiple
  stem: Which lake?
  accept: Baikal
""",
        'q.yaml:3:9: "type" cannot be "multiple". Write one of: choice, true_false, entry, number, cloze, match, order, open, card. [unknown_word]',
    ),
    Broken(
        "no stem",
        """
questions:
- id: baikal
  accept: Baikal
""",
        'q.yaml:2:3: This question lacks "stem"; a typed answer needs it. Write stem: ..., such as: Which lake is the deepest? [missing_field]',
    ),
    Broken(
        "a statement without its answer",
        """
questions:
- id: ice
  statement: Ice floats.
""",
        'q.yaml:2:3: This question lacks "answer"; a true/false question needs it. Write answer: true, or false [missing_field]',
    ),
    Broken(
        "a card without its back",
        """
questions:
- id: baikal
  front: Baikal
""",
        'q.yaml:2:3: This question lacks "back"; a card needs it. Write back: ..., such as: Asian Infrastructure Investment Bank [missing_field]',
    ),
    Broken(
        "an empty text",
        """
questions:
- id: baikal
  front:
  back: a lake
""",
        'q.yaml:3:9: "front" is empty. Write what belongs here, or delete it. [empty_text]',
    ),
    Broken(
        "a mapping for a text",
        """
questions:
- id: baikal
  front: {text: Baikal}
  back: a lake
""",
        'q.yaml:3:10: "front" takes a text, but a mapping (name: value) stands here. Write the text alone; if it starts with [ or {, put it in quotes. [wrong_type]',
    ),
    Broken(
        "an unknown kind",
        """
questions:
- id: baikal
  stem: Where?
  accept: Siberia
  kind: city
""",
        'q.yaml:5:9: "kind" cannot be "city". Write one of: text, name, place, term, date, number, set, list, symbol, code. [unknown_word]',
    ),
    Broken(
        "an unknown level",
        """
questions:
- {id: baikal, front: a, back: b, level: recal}
""",
        'q.yaml:2:42: "level" cannot be "recal"; did you mean "recall"? Write one of: detail, recall, understand, apply, analyse. [unknown_word]',
    ),
    Broken(
        "points that are no number",
        """
questions:
- {id: baikal, front: a, back: b, points: many}
""",
        'q.yaml:2:43: "points" takes a number, not "many". Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "no points",
        """
questions:
- {id: baikal, front: a, back: b, points: 0}
""",
        'q.yaml:2:43: "points" must be more than 0. Write a number above 0. [not_positive]',
    ),
    Broken(
        "a passage within a passage",
        """
questions:
- id: outer
  passage: A text.
  questions:
  - id: inner
    passage: Another.
    questions:
    - {id: one, front: a, back: b}
""",
        "q.yaml:6:5: A passage stands within the questions of another. Give each passage an entry of its own. [nested_passage]",
    ),
    Broken(
        "a passage without questions",
        """
questions:
- id: outer
  passage: A text.
""",
        'q.yaml:2:3: warning: The passage has no questions. Write "questions:" below it, or delete it. [no_questions]',
    ),
    Broken(
        "a question named for a passage",
        """
questions:
- {id: one, front: a, back: b, passage: lakes-text}
""",
        "q.yaml:2:32: A passage stands within a question. Give the passage an entry of its own, with its questions under questions:. [passage_in_question]",
    ),
    Broken(
        "questions that are no list",
        """
questions:
  id: one
  front: a
  back: b
""",
        'q.yaml:2:3: "questions" takes a list. Start each question with a dash: "- id: ...". [not_a_list]',
    ),
    Broken(
        "a question that is a text",
        """
questions:
- Which lake is the deepest?
""",
        'q.yaml:2:3: A question takes fields with their values, but "Which lake is the deepest?" stands here. Write stem: and the question, then its answer. [wrong_type]',
    ),
    Broken(
        "questions without their name",
        """
- {id: one, front: a, back: b}
""",
        'q.yaml:1:1: The questions stand at the top of the file without a name. Write "questions:" on a line above them. [no_questions_key]',
    ),
    Broken(
        "a file that is a text",
        """
Which lake is the deepest?
""",
        'q.yaml:1:1: A question file takes fields with their values, but "Which lake is the deepest?" stands here. Write field: value, one to a line. [wrong_type]',
    ),
    Broken(
        "an empty file",
        """
# Nothing yet.
""",
        'q.yaml:1:1: warning: The file is empty. Write "questions:" and the first question, or delete the file. [empty_file]',
    ),
    Broken(
        "a file without questions",
        """
topic: Lakes
""",
        'q.yaml:1:1: warning: The file holds no questions. Write "questions:" and the first question, or delete the file. [no_questions]',
    ),
    Broken(
        "a draft that is perhaps one",
        """
questions:
- {id: one, front: a, back: b, draft: perhaps}
""",
        'q.yaml:2:39: "draft" is true or false, not "perhaps". Write true or false. [not_true_or_false]',
    ),
    Broken(
        "a correction without its day",
        """
questions:
- {id: one, front: a, back: b, corrected: The depth was given in feet.}
""",
        'q.yaml:2:43: "corrected" takes fields with their values, but "The depth was given in feet." stands here. Write {date: 2026-11-25, text: What was wrong.}. [wrong_type]',
    ),
    Broken(
        "a correction that does not say what was wrong",
        """
questions:
- {id: one, front: a, back: b, corrected: {date: 2026-11-25}}
""",
        'q.yaml:2:43: A correction needs "text". Write text: and what was wrong. [missing_field]',
    ),
    Broken(
        "a correction on a day that never was",
        """
questions:
- {id: one, front: a, back: b, corrected: {date: 2026-02-30, text: It was in feet.}}
""",
        'q.yaml:2:50: "2026-02-30" is no day of the calendar. Write year, month and day, such as 2026-11-25. [bad_date]',
    ),
    Broken(
        "a correction with another field",
        """
questions:
- {id: one, front: a, back: b, corrected: {date: 2026-11-25, txt: It was in feet.}}
""",
        'q.yaml:2:43: A correction needs "text". Write text: and what was wrong. [missing_field]',
        'q.yaml:2:62: A correction has no field "txt"; did you mean "text"? Write text:, or delete it. [unknown_field]',
    ),
    Broken(
        "one id twice",
        """
questions:
- {id: one, front: a, back: b}
- {id: one, front: c, back: d}
""",
        'q.yaml:3:8: The id "one" is taken already, at questions/q.yaml:2. Give this one another id. [duplicate_ids]',
    ),
    Broken(
        "fields by the names that people give them",
        """
questions:
- id: baikal
  question: Which lake is the deepest?
  wrong: [Ladoga]
  answer: Baikal
""",
        'q.yaml:3:3: A question has no field "question"; did you mean "stem"? Write stem:, or delete it. [unknown_field]',
        'q.yaml:4:3: A question has no field "wrong"; did you mean "distractors"? Write distractors:, or delete it. [unknown_field]',
    ),
    Broken(
        "a rule that is ignored without a reason",
        """
questions:
- id: baikal
  front: Baikal
  back: a lake
  ignore: card_enumeration
""",
        'q.yaml:5:11: "ignore" takes fields with their values, but "card_enumeration" stands here. Write ignore: {card_enumeration: WHY}, with what belongs there for WHY. [wrong_type]',
    ),
)

"""Options and what is right among them; pairs, and things to put in order."""

from tests.broken_banks import Broken

OPTIONS = (
    Broken(
        "a statement answered by yes",
        """
questions:
- id: ice
  statement: Ice floats.
  answer: yes
""",
        'q.yaml:4:11: "answer" is true or false, not "yes". Write true or false. [not_true_or_false]',
    ),
    Broken(
        "options without a key",
        """
questions:
- id: baikal
  stem: Which lake?
  distractors: [Ladoga, Victoria]
""",
        "q.yaml:2:3: No option is said to be right. Write answer: with the right one, or answers: with all that are right. [no_key]",
    ),
    Broken(
        "a list for the answer",
        """
questions:
- id: baikal
  stem: Which lakes?
  answer: [Baikal, Victoria]
  distractors: [Ladoga]
""",
        'q.yaml:4:3: "answer" is one option, but a list stands here. Write answers: with a list of all that are right. [wrong_type]',
    ),
    Broken(
        "both answer and answers",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  answers: [Victoria]
  distractors: [Ladoga]
""",
        'q.yaml:5:3: "answer" and "answers" stand together. Keep answer: for one right option, answers: for all that apply. [two_keys]',
    ),
    Broken(
        "a key without distractors",
        """
questions:
- id: baikal
  stem: Which lake?
  type: choice
  answer: Baikal
""",
        "q.yaml:2:3: A choice needs wrong options as well. Write distractors: [one, another]. [no_distractors]",
    ),
    Broken(
        "distractors that are a text",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: Ladoga, Victoria
""",
        'q.yaml:5:16: "distractors" takes a list, but "Ladoga, Victoria" stands here. Write [one, two], or one to a line behind a dash. [not_a_list]',
    ),
    Broken(
        "an empty list",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: []
""",
        'q.yaml:5:16: "distractors" takes a list, but an empty list stands here. Write [one, two], or one to a line behind a dash. [not_a_list]',
    ),
    Broken(
        "two equal options",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [Ladoga, baikal]
""",
        'q.yaml:5:25: "baikal" stands twice among the options. Delete or change one of the two. [duplicate_options]',
    ),
    Broken(
        "two equal keys",
        """
questions:
- id: lakes
  stem: Which lakes?
  answers: [Baikal, Ladoga, Baikal]
  distractors: [Victoria]
""",
        'q.yaml:4:29: "Baikal" stands twice among the options. Delete or change one of the two. [duplicate_options]',
    ),
    Broken(
        "options and distractors",
        """
questions:
- id: often
  stem: How often?
  options: [never, always]
  answer: never
  distractors: [seldom]
""",
        'q.yaml:6:3: "options" and "distractors" stand together. Keep distractors:, or write all options under options: in their order. [options_twice]',
    ),
    Broken(
        "a key that is none of the options",
        """
questions:
- id: often
  stem: How often?
  options: [never, seldom, always]
  answer: often
""",
        'q.yaml:5:11: The answer "often" is none of the options. Write it as it stands under options:, or add it there. [key_not_an_option]',
    ),
    Broken(
        "a reason with the key of listed options",
        """
questions:
- id: often
  stem: How often?
  options: [never, always]
  answer: {text: never, why: It is too warm.}
""",
        "q.yaml:5:11: What is said of an option belongs under options: here. Write the text alone as the answer, and the rest with the option. [key_says_more]",
    ),
    Broken(
        "a pin in a fixed order",
        """
questions:
- id: often
  stem: How often?
  options: [never, always, {text: It depends, pin: last}]
  answer: never
""",
        "q.yaml:4:47: Options that stand in a fixed order need no pin. Put it in its place and delete pin:, or write shuffle: true. [pin_without_shuffle]",
    ),
    Broken(
        "a pin on a thing to put in order",
        """
questions:
- id: states
  stem: Coldest first.
  order: [ice, {text: steam, pin: last}]
""",
        "q.yaml:4:30: A pin would tell where a thing belongs that is to be put in order. Delete pin:. [pin_without_shuffle]",
    ),
    Broken(
        "one option in all",
        """
questions:
- id: often
  stem: How often?
  options: [never]
  answer: never
""",
        "q.yaml:4:12: A choice needs two options at least. Write the others, too. [too_few_options]",
    ),
    Broken(
        "shuffle off without an order",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [Ladoga]
  shuffle: false
""",
        "q.yaml:6:3: Unshuffled, the right option would always stand first. Write all options under options: in the order that they are to have. [shuffle_without_options]",
    ),
    Broken(
        "an unknown pin",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [{text: None of these, pin: lats}]
""",
        'q.yaml:5:44: "pin" cannot be "lats"; did you mean "last"? Write one of: first, last. [unknown_word]',
    ),
    Broken(
        "an option without a text",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [{why: It is small.}]
""",
        'q.yaml:5:17: An option needs "text". Write text: and what it says. [missing_field]',
    ),
    Broken(
        "an option that is a list",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [[Ladoga, Onega], Victoria]
""",
        'q.yaml:5:17: Entry 1 of "distractors" takes a text, but a list stands here. Write the text alone; if it starts with [ or {, put it in quotes. [wrong_type]',
    ),
    Broken(
        "a match of one pair",
        """
questions:
- id: lakes
  stem: Match.
  match: {Baikal: Asia}
""",
        "q.yaml:4:10: A match needs two pairs at least. Add a pair, or make it a card. [too_few_pairs]",
    ),
    Broken(
        "a pair of three",
        """
questions:
- id: lakes
  stem: Match.
  match:
  - [Baikal, Asia]
  - [Ladoga, Europe, Asia]
""",
        "q.yaml:6:5: A pair is a list of two, but a list of 3 stands here. Write [left, right]. [not_a_pair]",
    ),
    Broken(
        "two equal left sides",
        """
questions:
- id: lakes
  stem: Match.
  match:
  - [Baikal, Asia]
  - [Ladoga, Europe]
  - [baikal, Russia]
""",
        'q.yaml:7:5: "baikal" stands twice on the left. Delete or change one of the two. [duplicate_options]',
    ),
    Broken(
        "an extra that belongs to a pair",
        """
questions:
- id: lakes
  stem: Match.
  match: {Baikal: Asia, Ladoga: Europe}
  extra: [Africa, Europe]
""",
        'q.yaml:5:19: "Europe" stands twice on the right; an extra belongs to no pair. Take it out of extra. [duplicate_options]',
    ),
    Broken(
        "an extra twice",
        """
questions:
- id: lakes
  stem: Match.
  match: {Baikal: Asia, Ladoga: Europe}
  extra: [Africa, africa]
""",
        'q.yaml:5:19: "africa" stands twice on the right; an extra belongs to no pair. Take it out of extra. [duplicate_options]',
    ),
    Broken(
        "a right side with two reasons",
        """
questions:
- id: lakes
  stem: Match.
  match: [[Victoria, {text: Africa, why: East.}], [Tanganyika, Africa], [Baikal, Asia]]
""",
        'q.yaml:4:64: The right side "Africa" stands twice, but not in the same words. Write it alike both times, with the same reason. [two_versions]',
    ),
    Broken(
        "a right side in two versions",
        """
questions:
- id: lakes
  stem: Match.
  match: {Baikal: Asia, Victoria: Africa, Tanganyika: africa}
""",
        'q.yaml:4:55: The right side "africa" stands twice, but not in the same words. Write it alike both times, with the same reason. [two_versions]',
    ),
    Broken(
        "one thing to put in order",
        """
questions:
- id: states
  stem: Coldest first.
  order: [ice]
""",
        "q.yaml:4:10: One thing alone has no order. Write two at least. [too_few_options]",
    ),
)

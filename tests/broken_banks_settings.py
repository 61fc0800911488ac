"""Broken settings in bank.yaml."""

from tests.broken_banks import Broken

SETTINGS = (
    Broken(
        "no name",
        """
title: Lakes
""",
        "bank.yaml:1:1: The bank has no name. Write bank: NAME, such as bank: water-on-earth; then never change it. [no_bank_name]",
    ),
    Broken(
        "no title",
        """
bank: lakes
""",
        "bank.yaml:1:1: The bank has no title. Write title: and what the bank is called. [missing_field]",
    ),
    Broken(
        "a name with capitals",
        """
bank: Lakes
title: Lakes
""",
        'bank.yaml:1:7: "Lakes" has capital letters. Write lakes. [bad_name]',
    ),
    Broken(
        "a name with spaces",
        """
bank: great lakes
title: Lakes
""",
        'bank.yaml:1:7: "great lakes" cannot be a name. Use letters, digits and hyphens only, at most 80, such as lake-baikal. [bad_name]',
    ),
    Broken(
        "a name that is a device of Windows",
        """
bank: con
title: Lakes
""",
        'bank.yaml:1:7: "con" is the name of a device, so on Windows no file can be called by it. Choose another name, of letters, digits and hyphens. [bad_name]',
    ),
    Broken(
        "a name that is a device with an ending",
        """
bank: aux.lakes
title: Lakes
""",
        'bank.yaml:1:7: "aux.lakes" is the name of a device, so on Windows no file can be called by it. Choose another name, of letters, digits and hyphens. [bad_name]',
    ),
    Broken(
        "a name that ends in a point",
        """
bank: lakes.
title: Lakes
""",
        'bank.yaml:1:7: "lakes." ends in a point, so on Windows no file can be called by it. Choose another name, of letters, digits and hyphens. [bad_name]',
    ),
    Broken(
        "a quiz that is a device of Windows",
        """
bank: lakes
title: Lakes
quizzes:
  COM1: {blueprint: [{count: 2}]}
""",
        'bank.yaml:4:3: "COM1" is the name of a device, so on Windows no file can be called by it. Choose another name, of letters, digits and hyphens. [bad_name]',
    ),
    Broken(
        "two quizzes that differ in capitals alone",
        """
bank: lakes
title: Lakes
quizzes:
  midterm: {blueprint: [{count: 2}]}
  Midterm: {blueprint: [{count: 3}]}
""",
        'bank.yaml:5:3: "Midterm" and "midterm" differ in capitals alone, so on Windows and macOS the papers of one would replace those of the other. Give one of the quizzes another name. [duplicate_quizzes]',
    ),
    Broken(
        "an empty file",
        """
# Nothing yet.
""",
        "bank.yaml:1:1: bank.yaml takes fields with their values, but nothing stands here. Write field: value, one to a line. [wrong_type]",
    ),
    Broken(
        "a list",
        """
- bank: lakes
""",
        "bank.yaml:1:1: bank.yaml takes fields with their values, but a list stands here. Write field: value, one to a line. [wrong_type]",
    ),
    Broken(
        "an unknown field",
        """
bank: lakes
title: Lakes
quizes: {}
""",
        'bank.yaml:3:1: bank.yaml has no field "quizes"; did you mean "quizzes"? Write quizzes:, or delete it. [unknown_field]',
    ),
    Broken(
        "another format",
        """
bank: lakes
title: Lakes
format: 2
""",
        "bank.yaml:3:9: This version of quizgen reads format 1. Write format: 1, or install a newer quizgen. [unknown_format]",
    ),
    Broken(
        "a language that is none",
        """
bank: lakes
title: Lakes
language: ../en_US
""",
        'bank.yaml:3:11: "../en_US" is no language. Write its short name, such as en, fr, pt-BR, zh-Hant or ar. [bad_language]',
    ),
    Broken(
        "a retention that Anki has not",
        """
bank: lakes
title: Lakes
retention: 90
""",
        "bank.yaml:3:12: Anki takes a retention from 0.7 to 0.99. Write a share in that range, such as 0.9. [bad_retention]",
    ),
    Broken(
        "a retention as a percentage",
        """
bank: lakes
title: Lakes
retention: 92.5 %
""",
        'bank.yaml:3:12: A retention is a share, not "92.5 %". Write 0.925. [bad_retention]',
    ),
    Broken(
        "a retention as a percentage that Anki has not",
        """
bank: lakes
title: Lakes
retention: 50%
""",
        "bank.yaml:3:12: Anki takes a retention from 0.7 to 0.99. Write a share in that range, such as 0.9. [bad_retention]",
    ),
    Broken(
        "a retention in words",
        """
bank: lakes
title: Lakes
retention: [0.9]
""",
        'bank.yaml:3:12: "retention" takes a number, not a list. Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "a retention that is not written",
        """
bank: lakes
title: Lakes
retention:
""",
        'bank.yaml:3:11: "retention" takes a number, not nothing. Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "a deck without a name above another",
        """
bank: lakes
title: Lakes
deck: '::Lakes'
""",
        "bank.yaml:3:7: The deck's name has a part without a name. Write it in one line, with :: between a deck and the one in it, such as Geography::Water. [bad_deck]",
    ),
    Broken(
        "a deck with one colon too many",
        """
bank: lakes
title: Lakes
deck: Geography:::Lakes
""",
        "bank.yaml:3:7: The deck's name holds a single colon, which parts nothing. Write a space after the colon, such as Geography: Water, or :: for a deck within the other, such as Geography::Water. [bad_deck]",
    ),
    Broken(
        "a deck within a deck by one colon",
        """
bank: lakes
title: Lakes
deck: Geography:Lakes
""",
        "bank.yaml:3:7: The deck's name holds a single colon, which parts nothing. Write a space after the colon, such as Geography: Water, or :: for a deck within the other, such as Geography::Water. [bad_deck]",
    ),
    Broken(
        "a deck on two lines",
        """
bank: lakes
title: Lakes
deck: |
  Geography
  Lakes
""",
        "bank.yaml:3:7: The deck's name holds a line break or another sign that is not shown. Write it in one line, with :: between a deck and the one in it, such as Geography::Water. [bad_deck]",
    ),
    Broken(
        "a deck with a long name",
        """
bank: lakes
title: Lakes
deck: LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL
""",
        "bank.yaml:3:7: The deck's name is longer than 200 characters. Write it in one line, with :: between a deck and the one in it, such as Geography::Water. [bad_deck]",
    ),
    Broken(
        "a source without a title",
        """
bank: lakes
title: Lakes
sources:
  reader: {author: A. Teacher}
""",
        'bank.yaml:4:3: The source "reader" has no title. Write title: and what the document is called. [missing_field]',
    ),
    Broken(
        "a source that is a text",
        """
bank: lakes
title: Lakes
sources:
  reader: A reader
""",
        'bank.yaml:4:11: A source takes fields with their values, but "A reader" stands here. Write its title: {title: A reader}. [wrong_type]',
    ),
    Broken(
        "topics that are a list",
        """
bank: lakes
title: Lakes
topics: [Lakes, Rivers]
""",
        'bank.yaml:3:9: "topics" takes fields with their values, but a list stands here. Write each with a colon behind it, one to a line. [wrong_type]',
    ),
    Broken(
        "a quiz without a blueprint",
        """
bank: lakes
title: Lakes
quizzes:
  midterm: {title: Midterm}
""",
        'bank.yaml:4:3: The quiz "midterm" has no blueprint. Write blueprint: and what to draw, such as - {count: 10, spread: true}. [missing_field]',
    ),
    Broken(
        "a row that asks for two things",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    blueprint:
    - {count: 2, points: 4}
""",
        "bank.yaml:6:7: A row asks for a count, for points or for items by name. Write one of count:, points: and items:. [bad_quota]",
    ),
    Broken(
        "a row that asks for nothing",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    blueprint:
    - {topic: Lakes}
""",
        "bank.yaml:6:7: A row asks for a count, for points or for items by name. Write one of count:, points: and items:. [bad_quota]",
    ),
    Broken(
        "a row that asks for none",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    blueprint: [{count: 0}]
""",
        "bank.yaml:5:25: A row that asks for 0 questions draws none. Write a count from 1, or delete the row. [bad_quota]",
    ),
    Broken(
        "a quiz with sections and a blueprint",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    sections:
    - {title: Part one, blueprint: [{count: 2}]}
    blueprint: [{count: 2}]
""",
        'bank.yaml:7:5: The quiz "midterm" has sections, and a blueprint beside them. Move its rows into the blueprint of a section. [blueprint_and_sections]',
    ),
    Broken(
        "a section without a title",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    sections:
    - {instructions: No calculator here., blueprint: [{count: 2}]}
""",
        'bank.yaml:6:7: A section needs "title". Write title: Part one [missing_field]',
    ),
    Broken(
        "an unknown field of a section",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    sections:
    - {title: Part one, shufle_questions: true, blueprint: [{count: 2}]}
""",
        'bank.yaml:6:25: A section has no field "shufle_questions"; did you mean "shuffle_questions"? Write shuffle_questions:, or delete it. [unknown_field]',
    ),
    Broken(
        "an unknown topic in a section",
        """
bank: lakes
title: Lakes
topics: {Lakes: {}}
quizzes:
  midterm:
    sections:
    - {title: Part one, blueprint: [{count: 2}, {count: 1, topic: Rivers}]}
""",
        'bank.yaml:7:67: No topic "Rivers" is declared. There are: Lakes; or add it under topics: in questions/bank.yaml. [unknown_topic]',
    ),
    Broken(
        "an unknown level in a row",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    blueprint: [{count: 2, level: easy}]
""",
        'bank.yaml:5:35: "level" cannot be "easy". Write one of: detail, recall, understand, apply, analyse. [unknown_word]',
    ),
    Broken(
        "an unknown topic in a row",
        """
bank: lakes
title: Lakes
topics: {Lakes: {}}
quizzes:
  midterm:
    blueprint: [{count: 2, topic: Rivers}]
""",
        'bank.yaml:6:35: No topic "Rivers" is declared. There are: Lakes; or add it under topics: in questions/bank.yaml. [unknown_topic]',
    ),
    Broken(
        "no forms",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    forms: 0
    blueprint: [{count: 2}]
""",
        "bank.yaml:5:12: A quiz has 1 to 1000 forms. Write a number from 1 to 1000. [bad_forms]",
    ),
    Broken(
        "an unknown rule",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    rules: {multiple: right_minus_wrogn}
    blueprint: [{count: 2}]
""",
        'bank.yaml:5:23: "multiple" cannot be "right_minus_wrogn"; did you mean "right_minus_wrong"? Write one of: balanced, all_or_nothing, right_minus_wrong, ripkey, each_statement, ps50. [unknown_word]',
    ),
    Broken(
        "a rule for no kind of question",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    rules: {essay: right}
    blueprint: [{count: 2}]
""",
        'bank.yaml:5:13: "rules" has no field "essay". It may have: single, multiple, true_false, match, order, cloze, round. [unknown_field]',
    ),
    Broken(
        "totals rounded to nothing",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    rules: {round: 0}
    blueprint: [{count: 2}]
""",
        'bank.yaml:5:20: "round" must be more than 0. Write a number above 0. [not_positive]',
    ),
    Broken(
        "a grade that nobody can reach",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    bands: {A: 120, B: 90}
    blueprint: [{count: 2}]
""",
        'bank.yaml:5:16: "A" is given from a percentage, which lies from 0 to 100. Write the best grade first, each from fewer percent, such as {A: 90, B: 80, C: 70}. [bad_bands]',
    ),
    Broken(
        "grades that stand in no order",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    bands: {A: 80 %, B: 80}
    blueprint: [{count: 2}]
""",
        'bank.yaml:5:25: "B" stands below "A", but is not given from fewer percent. Write the best grade first, each from fewer percent, such as {A: 90, B: 80, C: 70}. [bad_bands]',
    ),
    Broken(
        "half a minute",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    minutes: 0.5
    blueprint: [{count: 2}]
""",
        'bank.yaml:5:14: "minutes" takes a whole number, not "0.5". Write a whole number, such as 2. [not_whole]',
    ),
    Broken(
        "a seed that is a word",
        """
bank: lakes
title: Lakes
quizzes:
  midterm:
    seed: lucky
    blueprint: [{count: 2}]
""",
        'bank.yaml:5:11: "seed" takes a whole number, not "lucky". Write a whole number, such as 2. [not_whole]',
    ),
    Broken(
        "a colon within the title",
        """
bank: lakes
title: Lakes: an introduction
""",
        "bank.yaml:2:8: The text holds \": \", which makes a field of what stands before it. Write 'Lakes: an introduction' [colon_in_text]",
    ),
    Broken(
        "LaTeX in a goal",
        r"""
bank: lakes
title: Lakes
topics:
  Lakes:
    goals:
      depths: "Know $\theta$"
""",
        r"""bank.yaml:6:15: In double quotes "\theta" is not read as it stands: \t becomes a sign that nobody sees. Use single quotes, which keep a backslash as it is: '... \theta ...'. [escape]""",
    ),
)

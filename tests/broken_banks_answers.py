"""Numbers, gaps and rubrics; pictures, sounds, sources, topics and tags."""

from tests.broken_banks import Broken

ANSWERS = (
    Broken(
        "a number that is none",
        """
questions:
- id: depth
  stem: How deep is it?
  number: about 1642
""",
        'q.yaml:4:11: "number" takes a number, not "about 1642". Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "a number that is not one",
        """
questions:
- {id: depth, stem: How deep is it?, number: .nan}
""",
        'q.yaml:2:46: "number" takes a number, not ".nan". Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "an infinite number",
        """
questions:
- {id: depth, stem: How deep is it?, number: .inf}
""",
        'q.yaml:2:46: "number" takes a number, not ".inf". Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "a number out of all bounds",
        """
questions:
- {id: depth, stem: How deep is it?, number: 1e999999999}
""",
        'q.yaml:2:46: "number" takes a number, not "1e999999999". A number has 400 digits at most; write a shorter one. [not_a_number]',
    ),
    Broken(
        "a division by zero",
        """
questions:
- {id: depth, stem: How deep is it?, number: 1/0}
""",
        'q.yaml:2:46: "number" takes a number, not "1/0". Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "a negative tolerance",
        """
questions:
- {id: depth, stem: How deep is it?, number: 1642, tolerance: -1}
""",
        'q.yaml:2:63: A tolerance is a number or a percentage, not "-1". Write a number, such as 0.5, or a percentage, such as 1 %. [bad_tolerance]',
    ),
    Broken(
        "a band that gives all the points",
        """
questions:
- id: depth
  stem: How deep is it?
  number: 1642
  bands: [{tolerance: 5 %, share: 1}]
""",
        "q.yaml:5:35: A share is less than all the points. Write a number below 1, such as 1/2. [bad_share]",
    ),
    Broken(
        "a band without its share",
        """
questions:
- id: depth
  stem: How deep is it?
  number: 1642
  bands: [{tolerance: 5 %}]
""",
        'q.yaml:5:11: A band needs "share". Write share: 1/2 [missing_field]',
    ),
    Broken(
        "units without a unit",
        """
questions:
- id: depth
  stem: How deep is it?
  number: 1642
  units: {km: 1000}
""",
        'q.yaml:5:3: Without "unit" nothing says what the other units are counted in. Write unit: and the unit of the number. [units_without_unit]',
    ),
    Broken(
        "a unit of no size",
        """
questions:
- id: depth
  stem: How deep is it?
  number: 1642
  unit: m
  units: {km: thousand}
""",
        'q.yaml:6:15: "km" takes a number, not "thousand". Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
    Broken(
        "a cloze without a gap",
        """
questions:
- id: baikal
  cloze: Baikal is a lake.
""",
        "q.yaml:3:10: The cloze has no gap. Put two braces around what is to be filled in: {{answer}}. [no_gap]",
    ),
    Broken(
        "a gap without an answer",
        """
questions:
- id: baikal
  cloze: Baikal is {{ }}.
""",
        'q.yaml:3:10: The gap "{{}}" has no answer. A gap is {{answer}}, {{answer|also right::hint}} or {{c2::answer}}. [bad_gap]',
    ),
    Broken(
        "a gap that is not closed",
        """
questions:
- id: baikal
  cloze: Baikal is {{a lake}.
""",
        'q.yaml:3:10: The gap "{{a lake}." is not closed. A gap is {{answer}}, {{answer|also right::hint}} or {{c2::answer}}. [bad_gap]',
    ),
    Broken(
        "two gaps of one number",
        """
questions:
- id: baikal
  cloze: Baikal in {{c1::Siberia}} is {{c1::a lake}}.
""",
        "q.yaml:3:10: Two gaps have the number 1. Give the new one another; a gap keeps its number for ever. [bad_gap]",
    ),
    Broken(
        "a gap of number zero",
        """
questions:
- id: baikal
  cloze: Baikal is {{c0::a lake}}.
""",
        "q.yaml:3:10: Gaps are counted from 1 to 999. Write {{c1::answer}}. [bad_gap]",
    ),
    Broken(
        "a gap beside the one of number 999",
        """
questions:
- cloze: "{{c999::Baikal}} is {{a lake}}."
""",
        'q.yaml:2:3: This question has no id. Run "quizgen ids"; then never change it. [no_id]',
        "q.yaml:2:10: Gaps are counted from 1 to 999. Write {{c1::answer}}. [bad_gap]",
    ),
    Broken(
        "gaps of an old question without numbers",
        """
questions:
- id: baikal
  cloze: "{{Baikal}} is {{a lake}}."
""",
        "q.yaml:3:10: None of the gaps have numbers, so one could take over the progress of another. Number them: {{c1::...}}, {{c2::...}} and so on. Of a question that was in a deck before, the gap that was there first is c1. [gaps_not_numbered]",
    ),
    Broken(
        "a new gap beside an old one",
        """
questions:
- id: baikal
  cloze: "{{Baikal}} is {{c1::a lake}}."
""",
        'q.yaml:3:10: Not all of the gaps have numbers, so one could take over the progress of another. Run "quizgen ids", which numbers the others. [gaps_not_numbered]',
    ),
    Broken(
        "a line of a rubric that is worth nothing",
        """
questions:
- id: dew
  stem: Why?
  model: It condensed.
  rubric: [{text: names the vapour, points: 0}]
""",
        'q.yaml:5:45: "points" must be more than 0. Write a number above 0. [not_positive]',
    ),
    Broken(
        "lines that are no whole number",
        """
questions:
- id: dew
  stem: Why?
  model: It condensed.
  lines: 2.5
""",
        'q.yaml:5:10: "lines" takes a whole number, not "2.5". Write a whole number, such as 2. [not_whole]',
    ),
    Broken(
        "a picture without words",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/map.png}}
""",
        "q.yaml:2:39: The image has no text for those who cannot see it. Say what it shows: alt: A map of Siberia. [no_alt]",
    ),
    Broken(
        "a picture that is missing",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/mpa.png, alt: A map}}
""",
        'q.yaml:2:46: There is no file "media/mpa.png" under questions/. Put it there, or mend the path. [missing_file]',
    ),
    Broken(
        "a picture that is none",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/text.jpeg, alt: A map}}
""",
        'q.yaml:2:46: The file "media/text.jpeg" holds no JPG picture. Save the picture again from the program that it was made with. [not_a_picture]',
    ),
    Broken(
        "a picture of another kind than its name says",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/other.webp, alt: A map}}
""",
        'q.yaml:2:46: The file "media/other.webp" holds no WEBP picture. It is a PNG: let its name end in .png. [not_a_picture]',
    ),
    Broken(
        "a width that is no length",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/map.png, alt: A map, width: banana}}
""",
        'q.yaml:2:80: "width" cannot be "banana". Write a number above 0 and one of the units cm, mm, in, pt, px, em, rem, %, such as 8 cm. [bad_width]',
    ),
    Broken(
        "a width without a unit",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/map.png, alt: A map, width: 300}}
""",
        'q.yaml:2:80: "width" cannot be "300". Write a number above 0 and one of the units cm, mm, in, pt, px, em, rem, %, such as 8 cm. [bad_width]',
    ),
    Broken(
        "a width of nothing",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/map.png, alt: A map, width: 0 cm}}
""",
        'q.yaml:2:80: "width" cannot be "0 cm". Write a number above 0 and one of the units cm, mm, in, pt, px, em, rem, %, such as 8 cm. [bad_width]',
    ),
    Broken(
        "a picture that is only named",
        """
questions:
- {id: map, front: a, back: b, image: media/map.png}
""",
        'q.yaml:2:39: An image takes fields with their values, but "media/map.png" stands here. Write {file: media/map.png, alt: What it shows}. [wrong_type]',
    ),
    Broken(
        "a path out of the project",
        """
questions:
- {id: map, front: a, back: b, image: {file: ../secret.png, alt: A map}}
""",
        'q.yaml:2:46: The path "../secret.png" does not lead to a file under questions/. Put the file under questions/ and write its path from there, with /: media/map.png. [path_outside]',
    ),
    Broken(
        "an absolute path",
        """
questions:
- {id: map, front: a, back: b, image: {file: /etc/map.png, alt: A map}}
""",
        'q.yaml:2:46: The path "/etc/map.png" does not lead to a file under questions/. Put the file under questions/ and write its path from there, with /: media/map.png. [path_outside]',
    ),
    Broken(
        "a path of Windows",
        r"""
questions:
- {id: map, front: a, back: b, image: {file: 'media\map.png', alt: A map}}
""",
        r'q.yaml:2:46: The path "media\map.png" does not lead to a file under questions/. Put the file under questions/ and write its path from there, with /: media/map.png. [path_outside]',
    ),
    Broken(
        "a link out of the project",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/link.png, alt: A map}}
""",
        'q.yaml:2:46: The path "media/link.png" leads out of questions/ by a link. Copy the file itself to questions/. [path_outside]',
    ),
    Broken(
        "a sound for a picture",
        """
questions:
- {id: map, front: a, back: b, image: {file: media/wave.mp3, alt: A map}}
""",
        'q.yaml:2:46: "media/wave.mp3" is no picture that cards and browsers can show. Use a file that ends in .png, .jpg, .jpeg, .gif, .svg or .webp. [unknown_media]',
    ),
    Broken(
        "a picture for a sound",
        """
questions:
- {id: map, front: a, back: b, audio: media/map.png}
""",
        'q.yaml:2:39: "media/map.png" is no sound that cards and browsers can play. Use a file that ends in .mp3, .ogg, .oga, .opus, .wav, .m4a or .flac. [unknown_media]',
    ),
    Broken(
        "an unknown source",
        """
questions:
- {id: one, front: a, back: b, source: raeder}
""",
        'q.yaml:2:40: bank.yaml declares no source "raeder". It has: reader. [unknown_source]',
    ),
    Broken(
        "an unknown source at the top",
        """
source: raeder
questions:
- {id: one, front: a, back: b}
- {id: two, front: a, back: b}
""",
        'q.yaml:1:9: bank.yaml declares no source "raeder". It has: reader. [unknown_source]',
    ),
    Broken(
        "a source without a document",
        """
questions:
- {id: one, front: a, back: b, source: {paragraph: 4}}
""",
        "q.yaml:2:40: The source names no document. Write document: NAME, or source: NAME at the top of the file. [no_document]",
    ),
    Broken(
        "a paragraph zero",
        """
source: reader
questions:
- {id: one, front: a, back: b, source: {paragraph: [1, 0]}}
""",
        "q.yaml:3:56: Paragraphs are counted from 1. Write a number from 1. [bad_paragraph]",
    ),
    Broken(
        "a range of paragraphs",
        """
source: reader
questions:
- {id: one, front: a, back: b, source: {paragraph: 4-6}}
""",
        'q.yaml:3:52: "paragraph" takes a whole number, not "4-6". Write a whole number, such as 2. [not_whole]',
    ),
    Broken(
        "a place for the source of a whole file",
        """
source: {document: reader, paragraph: 4}
questions:
- {id: one, front: a, back: b}
""",
        "q.yaml:1:9: At the top of a file, source names the document alone. Write source: NAME here, and the paragraph and terms with each question. [wrong_type]",
    ),
    Broken(
        "an unknown topic",
        """
questions:
- {id: one, front: a, back: b, topic: Rivers}
""",
        'q.yaml:2:39: bank.yaml declares no topic "Rivers". It has: Lakes; or add it under topics: in questions/bank.yaml. [unknown_topic]',
    ),
    Broken(
        "an unknown topic at the top",
        """
topic: Rivers
level: recall
questions:
- {id: one, front: a, back: b}
- {id: two, front: a, back: b}
""",
        'q.yaml:1:8: bank.yaml declares no topic "Rivers". It has: Lakes; or add it under topics: in questions/bank.yaml. [unknown_topic]',
    ),
    Broken(
        "an unknown goal",
        """
topic: Lakes
questions:
- {id: one, front: a, back: b, goal: width}
""",
        'q.yaml:3:38: The topic "Lakes" has no goal "width". It has: depths. [unknown_goal]',
    ),
    Broken(
        "tags in one text",
        """
questions:
- {id: one, front: a, back: b, tags: "asia, wet lands,europe"}
""",
        'q.yaml:2:38: The tag "asia, wet lands,europe" holds a space. Write [asia, wet-lands, europe]. [bad_tag]',
    ),
    Broken(
        "tags in one text without a space",
        """
questions:
- {id: one, front: a, back: b, tags: "asia,europe"}
""",
        'q.yaml:2:38: The tag "asia,europe" holds a comma. Write [asia, europe]. [bad_tag]',
    ),
    Broken(
        "two tags in one of a list",
        """
questions:
- {id: one, front: a, back: b, tags: ["wet lands, asia", "1,000"]}
""",
        'q.yaml:2:39: The tag "wet lands, asia" holds a space. Write wet-lands, asia. [bad_tag]',
    ),
    Broken(
        "a comma behind the only tag",
        """
questions:
- {id: one, front: a, back: b, tags: "wet lands,"}
""",
        'q.yaml:2:38: The tag "wet lands," holds a space. Write wet-lands. [bad_tag]',
    ),
    Broken(
        "a tag with a space",
        """
tags: [geo]
questions:
- {id: one, front: a, back: b, tags: [asia, wet lands]}
""",
        'q.yaml:3:45: The tag "wet lands" holds a space. Write wet-lands. [bad_tag]',
    ),
    Broken(
        "a number with its unit",
        "questions:\n- {id: cell, stem: How long is it?, number: 100 µm}\n",
        'q.yaml:2:45: "number" takes a number, not "100 µm". Write number: 100, and on a line of its own unit: µm [not_a_number]',
    ),
    Broken(
        "a number with a word of size",
        "questions:\n- {id: cells, stem: How many are there?, number: 2.16 million}\n",
        'q.yaml:2:50: "number" takes a number, not "2.16 million". Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3. [not_a_number]',
    ),
)

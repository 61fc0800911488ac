"""What YAML itself is broken by, and what it would take for more than text."""

from tests.broken_banks import Broken

FORM = (
    Broken(
        "two fields of one name",
        """
questions:
- id: baikal
  front: Baikal
  front: Lake Baikal
  back: a lake
""",
        'q.yaml:4:3: "front" stands twice here; only one of the two could count. Delete one of them, or mend its name. [duplicate_key]',
    ),
    Broken(
        "an anchor and its alias",
        """
questions:
- {id: one, front: &name Baikal, back: a lake}
- {id: two, front: *name, back: a lake}
""",
        'q.yaml:2:20: "&name" is read as a reference of YAML, not as text. If it is text, put all of it in quotes. References (&) are not used here: write out what is meant. [anchor]',
        'q.yaml:3:20: "*name" is read as a reference of YAML, not as text. If it is text, put all of it in quotes. References (*) are not used here: write out what is meant. [anchor]',
    ),
    Broken(
        "a merge key",
        """
questions:
- id: baikal
  front: Baikal
  back: a lake
  <<: *common
""",
        'q.yaml:5:7: "<<" would take over fields from another place in the file. Write them out, or say at the top of the file what holds for all its questions. [merge_key]',
    ),
    Broken(
        "a tag, or what was meant as emphasis",
        """
questions:
- id: baikal
  front: !important
  back: a lake
""",
        "q.yaml:3:10: \"!important\" is read as a tag of YAML, not as text. If it is text, put all of it in quotes: '!important ...'. Tags are not used here. [tag]",
    ),
    Broken(
        "a tag of Python",
        """
questions:
- id: baikal
  front: !!python/object:os.system x
  back: a lake
""",
        "q.yaml:3:10: \"!!python/object:os.system\" is read as a tag of YAML, not as text. If it is text, put all of it in quotes: '!!python/object:os.system ...'. Tags are not used here. [tag]",
    ),
    Broken(
        "an alias bomb",
        """
tags: &a [x, x, x]
questions:
- {id: one, front: a, back: *a}
""",
        'q.yaml:1:7: "&a" is read as a reference of YAML, not as text. If it is text, put all of it in quotes. References (&) are not used here: write out what is meant. [anchor]',
        'q.yaml:3:29: "*a" is read as a reference of YAML, not as text. If it is text, put all of it in quotes. References (*) are not used here: write out what is meant. [anchor]',
    ),
    Broken(
        "a second document",
        """
questions:
- {id: one, front: a, back: b}
---
questions:
- {id: two, front: a, back: b}
""",
        'q.yaml:3:1: A second document starts at this line ("---"), and all below it would not be read. Delete the line, or move what follows into a file of its own. [second_document]',
    ),
    Broken(
        "a key that is no text",
        """
questions:
- id: baikal
  front: Baikal
  back: a lake
  [a, b]: c
""",
        "q.yaml:5:3: A list or a mapping stands where the name of a field belongs. If this is a text that starts with { or [, put all of it in quotes: '{{gap}} ...'. [key_not_text]",
    ),
    Broken(
        "merge markers",
        """
questions:
<<<<<<< ours
- {id: one, front: a, back: b}
=======
- {id: one, front: a, back: c}
>>>>>>> theirs
- {id: two, front: a, back: b}
""",
        "q.yaml:2:1: Two versions stand here (<<<<<<< to >>>>>>>). Keep one of them and delete the lines with the marks. [merge_markers]",
    ),
    Broken(
        "merge markers with the version before both",
        """
questions:
<<<<<<< ours
- {id: one, front: a, back: b}
||||||| before
- {id: one, front: a}
=======
- {id: one, front: a, back: c}
>>>>>>> theirs
- {id: two, front: a, back: b}
""",
        "q.yaml:2:1: Two versions stand here (<<<<<<< to >>>>>>>). Keep one of them and delete the lines with the marks. [merge_markers]",
    ),
    Broken(
        "a tab for indentation",
        """
questions:
- id: baikal
	front: Baikal
	back: a lake
""",
        "q.yaml:3:1: This line is indented with a tab. Use spaces; most editors can be set to write them for the Tab key. [tab]",
    ),
    Broken(
        "a quote that is not closed",
        """
questions:
- id: baikal
  front: "Baikal
  back: a lake
""",
        'q.yaml:3:10: The quote " that opens here is not closed in its place. Close it, or put the text that holds it in quotes. [unclosed]',
    ),
    Broken(
        "a bracket that is not closed",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [Ladoga, Victoria
  explain: It is deep.
""",
        "q.yaml:5:16: The bracket [ that opens here is not closed in its place. Close it, or put the text that holds it in quotes. [unclosed]",
    ),
    Broken(
        "a brace that is not closed",
        """
questions:
- {id: baikal, front: Baikal, back: a lake
""",
        "q.yaml:2:3: The brace { that opens here is not closed in its place. Close it, or put the text that holds it in quotes. [unclosed]",
    ),
    Broken(
        "a field that stands too far to the left",
        """
questions:
- id: baikal
  front: Baikal
 back: a lake
""",
        "q.yaml:4:2: This line starts in another column than the lines that it belongs with. Start the fields of one question in one column, and the dashes of one list in one column. [indentation]",
    ),
    Broken(
        "a field that stands too far to the right",
        """
questions:
- id: baikal
  front: Baikal
   back: a lake
""",
        "q.yaml:4:8: A colon makes a field here, where none can stand. Start the fields of one question in one column; put a text that holds a colon in quotes. [indentation]",
    ),
    Broken(
        "a dash that stands too far to the left",
        """
questions:
  - {id: one, front: a, back: b}
 - {id: two, front: a, back: b}
""",
        "q.yaml:3:2: This line starts in another column than the lines that it belongs with. Start the fields of one question in one column, and the dashes of one list in one column. [indentation]",
    ),
    Broken(
        "a line that is no field",
        """
questions:
- id: baikal
  front: Baikal
  a lake
  back: x
""",
        'q.yaml:4:3: The line "a lake" is neither a field nor part of the text above it. Write field: value; a text of several lines goes below field: | and further in. [no_colon]',
    ),
    Broken(
        "a field without a space after its colon",
        """
questions:
- id: baikal
  front:Baikal
  back: a lake
""",
        "q.yaml:3:3: There is no space after the colon. Write front: Baikal [no_space]",
    ),
    Broken(
        "two commas",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [Ladoga, , Victoria]
""",
        "q.yaml:5:25: Something is missing here, where a text or a list was to stand. Write it, or delete the comma or the sign too many. [empty_value]",
    ),
    Broken(
        "an entry of a list one column too deep",
        """
questions:
- id: blood
  stem: What carries the cells?
  answer: blood
  distractors:
  - plasma
   - serum
  - lymph
""",
        "q.yaml:7:4: This dash stands deeper than the one above, so its line was read as more of that text. Move it to column 3; if it is one text, put all of it in quotes. [deep_dash]",
    ),
    Broken(
        "all entries but the first too deep, which lack nothing for that",
        """
questions:
- id: phases
  stem: Put these in order.
  order:
  - prophase
    - metaphase

    - anaphase
""",
        "q.yaml:6:5: This dash stands deeper than the one above, so its line was read as more of that text. Move it to column 3; if it is one text, put all of it in quotes. [deep_dash]",
        "q.yaml:8:5: This dash stands deeper than the one above, so its line was read as more of that text. Move it to column 3; if it is one text, put all of it in quotes. [deep_dash]",
    ),
    Broken(
        "a text that goes on with a dash",
        """
questions:
- id: lake
  front: Which lake is deep
    - the one in Siberia?
  back: Baikal
""",
        "q.yaml:4:5: This line starts with a dash, but was read as more of the text above it. If it is one text, put all of it in quotes; entries of a list stand below their field, each behind a dash. [deep_dash]",
    ),
    Broken(
        "a star below an entry",
        """
questions:
- id: blood
  stem: What carries the cells?
  answer: blood
  distractors:
  - plasma
    * serum
    of blood
""",
        "q.yaml:7:5: This line starts with a star, but was read as more of the text above it. If it is one text, put all of it in quotes; entries of a list stand below their field, each behind a dash. [deep_dash]",
    ),
    Broken(
        "a tag too deep",
        """
questions:
- id: lake
  front: Baikal
  back: a lake
  tags:
  - asia
   - deep
""",
        "q.yaml:7:4: This dash stands deeper than the one above, so its line was read as more of that text. Move it to column 3; if it is one text, put all of it in quotes. [deep_dash]",
    ),
    Broken(
        "a question without its dash, its fields below it",
        """
questions:
- id: one
  front: a
  back: b

id: two
  stem: Which lake?
  answer: Baikal
  distractors:
  - Ladoga
  - Victoria

- id: three
  front: a
  backs: b
""",
        'q.yaml:6:1: A question starts here without its dash. Write "- id: two", and indent its other fields so that they start below the "id". [no_dash]',
        'q.yaml:15:3: This question has no field "backs"; did you mean "back"? Write back:, or delete it. [unknown_field]',
    ),
    Broken(
        "a question without its dash, all of it at the top",
        """
questions:
- id: one
  front: a
  back: b

id: two
stem: Which lake?
answer: Baikal
distractors:
- Ladoga
- Victoria

- id: three
  front: a
  back: b
""",
        'q.yaml:6:1: A question starts here without its dash. Write "- id: two", and indent its other fields so that they start below the "id". [no_dash]',
    ),
    Broken(
        "a question with a space for its dash",
        """
questions:
- id: one
  front: a
  back: b
  id: two
  stem: Which lake?
  accept: Baikal
- id: three
  front: a
  front: b
  back: b
""",
        'q.yaml:5:3: A second "id" stands here, as if a question started without its dash. Write "- id:", the dash in the column of those above; or delete one of the two. [no_dash]',
        'q.yaml:10:3: "front" stands twice here; only one of the two could count. Delete one of them, or mend its name. [duplicate_key]',
    ),
    Broken(
        "a first question with a space for its dash",
        """
questions:
# lakes
  id: one
  front: a
  back: b
- id: two
  front: a
  back: b
- id: three
  front: a
  backs: b
""",
        'q.yaml:3:3: A question starts here without its dash. Write "- id: one", and indent its other fields so that they start below the "id". [no_dash]',
        'q.yaml:11:3: This question has no field "backs"; did you mean "back"? Write back:, or delete it. [unknown_field]',
    ),
    Broken(
        "a question where the dash should stand",
        """
questions:
  - id: one
    front: a
    back: b
  id: two
    front: a
    back: b
""",
        'q.yaml:5:3: A question starts here without its dash. Write "- id: two", the dash in the column of those above. [no_dash]',
    ),
    Broken(
        "an entry without its dash",
        """
questions:
- id: blood
  stem: What carries the cells?
  answer: blood
  distractors:
  - plasma
  serum
  - lymph
""",
        'q.yaml:7:3: The dash before "serum" is missing. Write - serum [no_dash]',
    ),
    Broken(
        "a dash without its space",
        """
questions:
- id: blood
  stem: What carries the cells?
  answer: blood
  distractors:
  - plasma
  -serum
""",
        "q.yaml:7:3: There is no space after the dash. Write - serum [no_dash]",
    ),
    Broken(
        "a quote that is missing in a list",
        """
questions:
- id: base
  stem: Which base pairs with guanine?
  answer: cytosine
  distractors: ["adenine, "thymine"]
""",
        'q.yaml:5:16: A quote is missing in this list. Put one before and one behind each text, as in ["one", "two"]. [unclosed]',
    ),
)

"""Texts that mean something else to YAML unless they stand in quotes."""

from tests.broken_banks import Broken

QUOTES = (
    Broken(
        "a text that starts with a gap",
        """
questions:
- id: baikal
  cloze: {{Baikal}} is a lake.
""",
        "q.yaml:3:10: Text cannot start with {{ unless it stands in quotes. Write '{{Baikal}} is a lake.' [starts_with_sign]",
    ),
    Broken(
        "a gap in braces alone",
        """
questions:
- {id: baikal, cloze: {{Baikal}}}
""",
        "q.yaml:2:23: A list or a mapping stands where the name of a field belongs. If this is a text that starts with { or [, put all of it in quotes: '{{gap}} ...'. [key_not_text]",
    ),
    Broken(
        "a bold start",
        """
questions:
- id: baikal
  stem: **Which** lake is it?
  accept: Baikal
""",
        "q.yaml:3:9: Text cannot start with ** unless it stands in quotes. Write '**Which** lake is it?' [starts_with_sign]",
    ),
    Broken(
        "an option that starts in bold",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors:
  - **Not** Baikal
""",
        "q.yaml:6:5: Text cannot start with ** unless it stands in quotes. Write '**Not** Baikal' [starts_with_sign]",
    ),
    Broken(
        "a start in code",
        """
questions:
- id: code
  front: `print` does what?
  back: It prints.
""",
        "q.yaml:3:10: Text cannot start with ` unless it stands in quotes. Write '`print` does what?' [starts_with_sign]",
    ),
    Broken(
        "a start with quoted words",
        """
questions:
- id: quoted
  front: "Baikal" is what?
  back: a lake
""",
        "q.yaml:3:10: The text starts with words in quotes, so it is taken to end with them. Write '\"Baikal\" is what?' [quotes_within_line]",
    ),
    Broken(
        "an option that starts with quoted words",
        """
questions:
- id: quoted
  stem: Which lake?
  answer: "Baikal" it is
  distractors: [Victoria, Ladoga]
""",
        "q.yaml:4:11: The text starts with words in quotes, so it is taken to end with them. Write '\"Baikal\" it is' [quotes_within_line]",
    ),
    Broken(
        "a colon within a text",
        """
questions:
- id: salt
  front: Note: salt sinks
  back: x
""",
        "q.yaml:3:10: The text holds \": \", which makes a field of what stands before it. Write 'Note: salt sinks' [colon_in_text]",
    ),
    Broken(
        "a percent sign at the start",
        """
questions:
- id: percent
  front: %s stands for what?
  back: a text
""",
        "q.yaml:3:10: Text cannot start with % unless it stands in quotes. Write '%s stands for what?' [starts_with_sign]",
    ),
    Broken(
        "an at sign at the start",
        """
questions:
- id: handle
  front: @ is called what?
  back: at
""",
        "q.yaml:3:10: Text cannot start with @ unless it stands in quotes. Write '@ is called what?' [starts_with_sign]",
    ),
    Broken(
        "a dash at the start of a text",
        """
questions:
- id: minus
  front: - 5 is what?
  back: a number
""",
        "q.yaml:3:10: Text cannot start with a dash unless it stands in quotes. Write '- 5 is what?' [starts_with_sign]",
    ),
    Broken(
        "brackets at the start of a text",
        """
questions:
- id: iupac
  front: [Xe] 6s2 is which element?
  back: barium
""",
        "q.yaml:3:10: Text cannot start with [ unless it stands in quotes. Write '[Xe] 6s2 is which element?' [starts_with_sign]",
    ),
    Broken(
        "LaTeX in double quotes",
        r"""
questions:
- id: half
  front: "What is $\frac{1}{2}$?"
  back: a half
""",
        r"""q.yaml:3:10: In double quotes "\frac" is not read as it stands: \f becomes a sign that nobody sees. Use single quotes, which keep a backslash as it is: '... \frac ...'. [escape]""",
    ),
    Broken(
        "a tab of LaTeX in double quotes, on the second line",
        r"""
questions:
- id: angle
  front: "What is the sine
    of $\theta$?"
  back: x
""",
        r"""q.yaml:3:10: In double quotes "\theta" is not read as it stands: \t becomes a sign that nobody sees. Use single quotes, which keep a backslash as it is: '... \theta ...'. [escape]""",
    ),
    Broken(
        "a sign of comparison that starts a block",
        """
questions:
- id: more
  stem: What is x?
  accept: >3
""",
        'q.yaml:4:11: Text cannot start with > unless it stands in quotes. Write ">3" [starts_with_sign]',
    ),
    Broken(
        "such a sign before a comment",
        """
questions:
- id: more
  stem: What is x?
  accept: >3  # or more
""",
        'q.yaml:4:11: Text cannot start with > unless it stands in quotes. Write ">3" [starts_with_sign]',
    ),
    Broken(
        "a block of which nothing was written yet",
        """
questions:
- id: more
  stem: What is x?
  accept: |-  # later
""",
        'q.yaml:4:11: "accept" is empty. Write what belongs here, or delete it. [empty_text]',
    ),
    Broken(
        "such a sign in a list",
        """
questions:
- id: more
  stem: What is x?
  answer: x
  distractors:
  - >3
  - y
""",
        'q.yaml:6:5: Text cannot start with > unless it stands in quotes. Write ">3" [starts_with_sign]',
    ),
    Broken(
        "a folder of Windows in double quotes",
        r"""
questions:
- id: folder
  front: "Where is C:\New?"
  back: on a disk
""",
        "q.yaml:3:10: The backslash in these double quotes makes an invisible character (U+0085). Use single quotes, which keep a backslash as it is, or delete it. [control_character]",
    ),
    Broken(
        "LaTeX that YAML does not know",
        r"""
questions:
- id: wave
  front: "What is $\lambda$?"
  back: a wavelength
""",
        r"""q.yaml:3:20: In double quotes a backslash starts a sign of its own, and this one is not known. Use single quotes, which keep a backslash as it is: '... \lambda ...'. [escape]""",
    ),
    Broken(
        "a control character by its number",
        r"""
questions:
- id: bell
  front: "Ring\x07"
  back: a bell
""",
        "q.yaml:3:10: The backslash in these double quotes makes an invisible character (U+0007). Use single quotes, which keep a backslash as it is, or delete it. [control_character]",
    ),
    Broken(
        "a text cut by a comment",
        """
questions:
- id: csharp
  stem: What is C # good for?
  accept: music
""",
        'q.yaml:3:19: The text ends before "# good for?", which is read as a comment. Put the whole text in quotes; if it is a comment, leave two spaces before the #. [cut_by_comment]',
    ),
    Broken(
        "an option cut by a comment",
        """
questions:
- id: csharp
  stem: Which note?
  answer: C #
  distractors: [D, E]
""",
        'q.yaml:4:13: The text ends before "#", which is read as a comment. Put the whole text in quotes; if it is a comment, leave two spaces before the #. [cut_by_comment]',
    ),
    Broken(
        "a number parted at its comma",
        """
questions:
- id: area
  stem: How large is it?
  answer: "1,300"
  distractors: [1,400, "1,500"]
""",
        'q.yaml:5:17: "1,400" was read as "1" and "400". If it is one text, write "1,400" in quotes; if it is two, put a space after the comma. [comma_without_space]',
    ),
    Broken(
        "a name parted at its comma",
        """
questions:
- id: capitals
  stem: Match each capital with its year.
  match: {Washington, D.C.: 1790, Canberra: 1913}
""",
        'q.yaml:4:21: "Washington" has no value. Write Washington: and its value; if a comma belongs to the text, put all of it in quotes: "Washington, ...". [empty_value]',
    ),
    Broken(
        "an empty value in braces",
        """
questions:
- {id: baikal, front: , back: a lake}
""",
        'q.yaml:2:23: "front" has no value. Write front: and its value; if a comma belongs to the text, put all of it in quotes: "front, ...". [empty_value]',
    ),
    Broken(
        "a star within brackets",
        """
questions:
- id: baikal
  stem: Which lake?
  answer: Baikal
  distractors: [**Ladoga**, Victoria]
""",
        "q.yaml:5:18: Text cannot start with * unless it stands in quotes. Put all of the text in single quotes. [starts_with_sign]",
    ),
    Broken(
        "quoted words within quotes that do not end",
        """
questions:
- id: skin
  front: "What is a cell's "skin" called?
  back: its membrane
""",
        "q.yaml:3:10: The text starts with words in quotes, so it is taken to end with them. Write 'What is a cell''s \"skin\" called?' [quotes_within_line]",
    ),
    Broken(
        "quoted words within quotes",
        """
questions:
- id: skin
  front: "What is the "skin" of a cell?"
  back: its membrane
""",
        "q.yaml:3:10: The text starts with words in quotes, so it is taken to end with them. Write 'What is the \"skin\" of a cell?' [quotes_within_line]",
    ),
    Broken(
        "an apostrophe within its like",
        """
questions:
- id: skin
  front: 'What's a cell?'
  back: what lives
""",
        'q.yaml:3:10: The text starts with words in quotes, so it is taken to end with them. Write "What\'s a cell?" [quotes_within_line]',
    ),
    Broken(
        "two quoted words",
        """
questions:
- id: lakes
  front: "Baikal" or "Ladoga"
  back: the first
""",
        'q.yaml:3:10: The text starts with words in quotes, so it is taken to end with them. Write \'"Baikal" or "Ladoga"\' [quotes_within_line]',
    ),
)

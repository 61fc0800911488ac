"""The rules of good questions, and what they find in a bank.

Each of `rules/` and `grounding/` yields Problems with item and field; errors are only what is wrong by
construction (`wrong`), and `catalogue` names all. `audit/` looks at a bank as those who know nothing.
"""

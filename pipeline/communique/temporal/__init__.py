"""Dates, durations and sets in English text, and their values in ISO 8601 and EDTF.

The path is the order of the modules: `lexicon` (the words, from ``dates.toml``), `lexer` (runs of such words around a
cue), `grammar` (rules over the runs), `days`, `feasts`, `months`, `years` and `lengths` (what a rule's words mean:
`readings` in a `context`), `finding` (all of it). `periods` is the calendar that they share.
"""

from __future__ import annotations

from communique.temporal.finding import DateFinder, find_dates

__all__ = ["DateFinder", "find_dates"]

"""How names are found: lexicon matching, names by form, acronyms, coordination, short forms."""

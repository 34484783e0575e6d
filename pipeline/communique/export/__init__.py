"""Records → tidy tables that join: for a spreadsheet, a database or a data frame."""

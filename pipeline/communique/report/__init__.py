"""Pages that people read: one self-contained HTML file for a statement or for a series."""

"""Draws docs/show.svg, the README's picture: what `communique extract … --show` prints for a statement of the corpus.

python docs/make_picture.py
"""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from communique import extract_many
from communique.readers import read
from communique.terminal import show

ROOT = Path(__file__).parent.parent
STATEMENT = "corpus/us-rok-civil-space-dialogue-2025.md"


def main() -> None:
    (record,) = extract_many([read(str(ROOT / STATEMENT))])
    console = Console(record=True, width=118, file=StringIO(), force_terminal=True, color_system="truecolor")
    show(record, console)
    svg = console.export_svg(title=f"communique extract {STATEMENT} --show")
    # rich's font comes from the network; the reader's own monospaced font will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    (ROOT / "docs" / "show.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()

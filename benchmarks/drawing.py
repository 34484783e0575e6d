"""The figures of a run as an SVG; needs Matplotlib (``benchmarks/requirements.txt``).

python benchmarks/drawing.py speed.json docs/speed.svg
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OURS, THEIRS = "#1f5f8b", "#9aa5ad"


def draw(found: dict[str, Any], file: Path) -> None:
    """Write the plot of a run: where the time of a word goes, and how it grows with text and lexicon."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "communique", "svg.fonttype": "none", "font.size": 9}
    mpl.rcParams |= {"axes.spines.top": False, "axes.spines.right": False}
    from matplotlib import pyplot as plt

    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(11, 4), width_ratios=(2, 1, 1), layout="constrained")
    _where_it_goes(left, found)
    lengths = {int(size): each["microseconds"] for size, each in found["length"].items()}
    _grows(middle, "length of the text, characters", "microseconds a word", lengths)
    lexicons = {int(times): each["ratio"] for times, each in found["lexicon"].items()}
    _grows(right, "names, times the model's", "time, times the model's", lexicons)
    figure.savefig(file, metadata={"Date": None})


def _where_it_goes(axes: Any, found: dict[str, Any]) -> None:
    words = found["words"]
    bars = {"spaCy's tokenizer": found["later"]["spaCy's tokenizer as it comes"], **found["stages"]}
    names = list(bars)[::-1]
    axes.barh(
        names, [bars[name] / words * 1e6 for name in names], color=[THEIRS if "spaCy" in n else OURS for n in names]
    )
    axes.set_xlabel("microseconds a word")


def _grows(axes: Any, across: str, up: str, points: dict[int, float]) -> None:
    axes.plot(list(points), list(points.values()), "o-", color=OURS)
    axes.set_xscale("log")
    axes.set_ylim(0, max(points.values()) * 1.25)
    axes.set_xlabel(across)
    axes.set_ylabel(up)


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))

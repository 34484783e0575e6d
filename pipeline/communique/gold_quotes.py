"""Gold in JSON: each item quotes its words and says which of their occurrences it means.

``{"quote": "NASA", "n": 2, …}`` is the second place where ``NASA`` stands as a whole word; ``n`` may also be a list, or
``"all"``, and is 1 where it is left out. Commitments and positions quote their ``trigger`` in the same way.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel

from communique.errors import InputError
from communique.gold import (
    Gold,
    GoldCommitment,
    GoldDate,
    GoldHead,
    GoldMeeting,
    GoldMention,
    GoldNext,
    GoldPosition,
    Marked,
    validated,
)

Item = TypeVar("Item", bound=Marked)


def read_quotes(path: Path, text: str) -> Gold:
    """The gold in a JSON file, for the statement's text.

    Raises InputError naming file and item when the JSON is wrong or words that it quotes are not in the text.
    """
    try:
        data = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: no JSON: {error.msg}") from None
    if not isinstance(data, dict):
        raise InputError(f"{path}:1: no gold: it is one JSON object with mentions, dates, commitments and positions")
    meeting = _known(data.get("meeting"), GoldMeeting)
    return Gold(
        text=text,
        mentions=_items(GoldMention, data, "mentions", "quote", text, path),
        dates=_items(GoldDate, data, "dates", "quote", text, path),
        commitments=_items(GoldCommitment, data, "commitments", "trigger", text, path),
        positions=_items(GoldPosition, data, "positions", "trigger", text, path),
        meeting=None if meeting is None else validated(GoldMeeting, meeting, f"{path}: meeting"),
    )


def occurrences(text: str, quote: str) -> list[int]:
    """Where the quote stands in the text as whole words: inside a longer word it does not count."""
    if not quote:
        return []
    left = r"(?<![^\W_])" if quote[0].isalnum() else ""
    right = r"(?![^\W_])" if quote[-1].isalnum() else ""
    return [match.start() for match in re.finditer(left + re.escape(quote) + right, text)]


def _known(fields: Any, model: type[BaseModel]) -> Any:
    """The fields that the model has, in the objects within too: gold of others may say more than is measured."""
    if isinstance(fields, list):
        return [_known(item, model) for item in fields]
    if not isinstance(fields, dict):
        return fields
    inner: dict[str, type[BaseModel]] = {"heads": GoldHead, "next": GoldNext}
    return {
        key: _known(value, inner[key]) if key in inner else value
        for key, value in fields.items()
        if key in model.model_fields
    }


def _items(model: type[Item], data: dict[str, Any], key: str, quoted: str, text: str, path: Path) -> tuple[Item, ...]:
    items: list[Item] = []
    for index, item in enumerate(data.get(key, [])):
        place = f"{path}: {key}[{index}]"
        if not isinstance(item, dict) or not isinstance(item.get(quoted), str):
            raise InputError(f"{place}: lacks {quoted}")
        fields = {name: value for name, value in item.items() if name in model.model_fields and name != "quote"}
        for start in _places(text, item[quoted], item.get("n", 1), place):
            span = {"start": start, "end": start + len(item[quoted]), "quote": item[quoted]}
            items.append(validated(model, fields | span, place))
    return tuple(sorted(items, key=lambda item: (item.start, item.end)))


def _places(text: str, quote: str, which: object, place: str) -> list[int]:
    found = occurrences(text, quote)
    if not found:
        raise InputError(f"{place}: {quote!r} is not in the text")
    numbers = range(1, len(found) + 1) if which == "all" else which if isinstance(which, list) else [which]
    places: list[int] = []
    for number in numbers:
        if not isinstance(number, int) or not 1 <= number <= len(found):
            raise InputError(f"{place}: {quote!r} has no occurrence {number!r}: it stands {len(found)} times")
        places.append(found[number - 1])
    return places

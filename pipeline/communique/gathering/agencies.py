"""The agency that a person's title means, and agencies by their name and side."""

from __future__ import annotations

from collections.abc import Sequence

from communique.annotations import Entity
from communique.errors import ModelError
from communique.gathering.rules import MeetingRules
from communique.knowledge import KnowledgeFile
from communique.naming.entities import unknown

_DEPARTMENT = "Department of "
"""Where a government has departments, one in its list is its own, listed or not."""


class Agencies:
    """The entries of ``agencies.toml``, found by id and by name and side."""

    def __init__(self, source: KnowledgeFile, rules: MeetingRules) -> None:
        """Raises ModelError where a title names an id that no agency has."""
        self.names: list[str] = []
        self._by_id: dict[str, Entity] = {}
        self._by_name: dict[tuple[str, str], Entity] = {}
        for entry in source.data.get("agency", []):
            entity = Entity(f"agency:{entry['id']}", "agency", entry["name"], entry.get("acronym"), entry.get("side"))
            self.names.append(entry["name"])
            self._by_id[entry["id"]] = entity
            if entity.side:
                for name in (entry["name"], *entry.get("aliases", []), *entry.get("shared", [])):
                    self._by_name.setdefault((entity.side, name), entity)
        self._departments = {side for side, name in self._by_name if name.startswith(_DEPARTMENT)}
        self._titles = rules.titles
        self._minister = rules.patterns["persons.minister"]
        self._secretary = rules.patterns["persons.secretary"]
        self._secretariats = rules.words["persons.secretariats"]
        self._not_fields = frozenset((*rules.words["persons.not_fields"], *rules.words["persons.modifiers"]))
        for rule in rules.titles:
            if rule.agency is not None and rule.agency not in self._by_id:
                raise ModelError(f"meetings.toml: title agency {rule.agency!r} is no id of agencies.toml")

    def side_of(self, title: str) -> str | None:
        """The side that a title alone tells."""
        return next((rule.side for rule in self._titles if rule.side and rule.pattern.search(title)), None)

    def of_title(self, title: str, side: str | None) -> Entity | None:
        """The agency that a title means: listed, or that side's ministry by its ordinary name."""
        for rule in self._titles:
            if not rule.pattern.search(title) or (rule.side and side and rule.side != side):
                continue
            if rule.agency is not None:
                return self._by_id[rule.agency]
            if side is not None:
                return self.named(rule.ministry, side)
        if side is None or side in ("US", "EU"):
            return None
        return self._ministry(title, side)

    def is_listed(self, title: str, side: str | None) -> bool:
        """Whether the title's ministry is listed: that side's, or any side's where none is told."""
        match = self._minister.search(title)
        if match is None or not match["field"]:
            return False
        return self._listed(("Ministry",), match["link"], match["field"], side or "") is not None

    def named(self, names: Sequence[str], side: str) -> Entity:
        """The side's agency of one of these names; an unknown one of the first name where none is listed."""
        for name in names:
            found = self._by_name.get((side, name))
            if found is not None:
                return found
        return unknown("agency", names[0], side)

    def of_field(self, field: str) -> Entity | None:
        """The department of the United States that its field alone names: `State`, `Treasury`."""
        names = (f"{_DEPARTMENT}{field}", f"{_DEPARTMENT}the {field}")
        return next((self._by_name["US", name] for name in names if ("US", name) in self._by_name), None)

    def moves(self, entity: Entity, side: str, written: str) -> bool:
        """Whether the words for an agency can as well mean a body of another side: a shared or unlisted name."""
        if entity.side == side:
            return False
        own = entity.side == "US" and written.startswith(_DEPARTMENT) and side in self._departments
        return own or not entity.known or (side, written) in self._by_name

    def _ministry(self, title: str, side: str) -> Entity | None:
        """The body of a minister's or secretary's field; one that is not listed only for a minister."""
        match = self._minister.search(title)
        if match is None or (match["front"] and match["front"] in self._not_fields):
            match = self._secretary.search(title)
            return self._listed(self._secretariats, match["link"], match["field"], side) if match else None
        field = match["field"] or match["front"]
        known = self._listed(("Ministry",), match["link"], field, side)
        return known or unknown("agency", f"Ministry {match['link'] or 'of'} {field}", side)

    def _listed(self, bodies: Sequence[str], link: str | None, field: str, side: str) -> Entity | None:
        """The side's listed body of a field: `Ministry of Ice`, `Department for Ice`."""
        names = [f"{body} {word} {field}" for body in bodies for word in dict.fromkeys((link or "of", "of", "for"))]
        return next((self._by_name[(side, name)] for name in names if (side, name) in self._by_name), None)

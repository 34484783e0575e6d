"""The component `communique_meeting`: the meeting that a statement is about (see `communique.gathering`)."""

from __future__ import annotations

from spacy.language import Language

from communique.annotations import Annotations, Entity, Meeting
from communique.components.annotator import Annotator
from communique.components.parties import country_names, official_sides
from communique.gathering.agencies import Agencies
from communique.gathering.delegations import Delegations
from communique.gathering.heads import Heads
from communique.gathering.next_meeting import NextMeetings
from communique.gathering.opening import Opening, Openings
from communique.gathering.persons import Persons
from communique.gathering.places import Places
from communique.gathering.reading import Reading
from communique.gathering.rules import read_meeting_rules
from communique.gathering.series import Series, SeriesNames, chosen
from communique.gathering.tokens import Tokens
from communique.naming.beginnings import Forms
from communique.naming.heads import read_form_rules


class MeetingComponent(Annotator):
    """Finds the meeting; needs lines, sentences, mentions, dates and parties."""

    files = ("meetings.toml", "places.toml", "agencies.toml", "parties.toml", "officials.toml", "forms.toml")

    def build(self) -> None:
        """Read the rules. Raises ModelError with file and line when an entry is wrong."""
        rules = read_meeting_rules(self.sources["meetings.toml"])
        forms = read_form_rules(self.sources["forms.toml"])
        places = Places(self.sources["places.toml"], self.sources["parties.toml"])
        agencies = Agencies(self.sources["agencies.toml"], rules)
        self._sides = country_names(self.sources["parties.toml"])
        tokens = Tokens(rules, self._sides, agencies.names, forms.words["topics"])
        persons = Persons(rules, tokens)
        self._is = rules.patterns
        self._phrases = Forms(name for name in self._sides if " " in name)
        self._countries = {e["iso"]: e["name"] for e in self.sources["parties.toml"].data.get("party", [])}
        self._openings = Openings(rules, places)
        self._series = SeriesNames(rules, dict(forms.pair_short), forms.pair_global)
        officials = official_sides(self.sources["officials.toml"])
        known = {name.replace(",", ""): side for name, side in officials.items()}
        self._heads = Heads(rules, tokens, persons, agencies, known)
        self._delegations = Delegations(rules, tokens, persons, agencies, places)
        self._next = NextMeetings(rules, places, self._series)

    def annotate(self, notes: Annotations) -> None:
        """Set the meeting, or None where the statement is about none."""
        reading = Reading(notes.text, notes, self._sides, self._phrases)
        opening = self._openings.find(reading)
        series, ordinal = self._named(reading, opening)
        following = self._next.find(reading, opening, series, ordinal) if opening or series else None
        if opening is None and (series is None or not (following or self._series.is_headline(reading.title))):
            notes.meeting = None
            return
        notes.meeting = self._meeting(reading, opening, series, ordinal, notes)
        notes.meeting.next = following

    def _named(self, reading: Reading, opening: Opening | None) -> tuple[Series | None, int | None]:
        """The series and the meeting's number in it."""
        spans = [(opening.start, opening.end)] if opening else []
        spans += self._openings.notices(reading)
        told: list[Series] = []
        for start, end in spans:
            told += self._series.find(reading.text, start, end, reading.mentions(start, end))
        title = self._series.find(reading.title, 0, len(reading.title))
        if opening is not None and not told and not title:
            at = reading.sentence_at(opening.start)
            for start, end in reading.sentences[at + 1 : at + 6]:
                later = self._series.find(reading.text, start, end, reading.mentions(start, end))
                apart = self._is["cues.apart"]
                told += [s for s in later if s.ordinal is not None and not apart.search(reading.text, start, s.start)]
        series, ordinal = chosen(told, title, reading)
        if ordinal is None and opening is not None:
            ordinal = self._series.own_number(reading.text, opening.start, opening.end, theirs=series is None)
        if ordinal is None and opening is not None:
            at = reading.sentence_at(opening.start)
            number = self._series.later_number if series is not None else self._series.possessed_number
            numbers = [number(reading.text, *s) for s in reading.sentences[at + 1 : at + 3]]
            ordinal = next((n for n in numbers if n is not None), None)
        return series, ordinal

    def _meeting(
        self, reading: Reading, opening: Opening | None, series: Series | None, ordinal: int | None, notes: Annotations
    ) -> Meeting:
        start, end = self._openings.days(reading, opening)
        city, country = self._openings.place(reading, opening)
        virtual = self._virtual(reading, opening, city or country)
        led = self._heads.find(reading, opening)
        members = self._delegations.find(reading, opening, led)
        delegations = members.by_side
        _keep(notes, [*led.entities, *members.entities])
        return Meeting(
            series=self._series.completed(series, reading.parties, self._countries) if series else None,
            ordinal=ordinal,
            start=start,
            end=end,
            city=None if virtual else city,
            country=None if virtual else country,
            virtual=virtual,
            parties=list(reading.parties),
            heads=led.heads,
            delegations={side: delegations[side] for side in _ordered(delegations, reading.parties)},
            next=None,
        )

    def _virtual(self, reading: Reading, opening: Opening | None, placed: str | None) -> bool | None:
        """True where nobody met in person, False where people did, None where the text does not say."""
        spans = [(0, 0)] if opening is None else [(opening.start, opening.end)]
        if any(self._is["virtual.person"].search(reading.text, a, b) for a, b in spans):
            return False
        online = (
            any(
                not self._is["virtual.other"].match(reading.text, match.start())
                for a, b in spans
                for match in self._is["virtual.online"].finditer(reading.text, a, b)
            )
            or self._is["virtual.online"].search(reading.title) is not None
        )
        told = placed is not None and (opening is None or self._openings.is_placed(reading, opening))
        online = online or (not told and opening is not None and self._later_online(reading, opening))
        if told or (placed is not None and not online):
            return False
        if online:
            return True
        housed = any(self._is["virtual.house"].search(reading.text, a, b) for a, b in spans)
        return False if housed or (opening is not None and self._later_in_person(reading, opening)) else None

    def _later_online(self, reading: Reading, opening: Opening) -> bool:
        """Whether one of the next sentences says that the meeting, or all who met, were on line."""
        at = reading.sentence_at(opening.start)
        if any(self._is["virtual.joined"].search(reading.text, *span) for span in reading.sentences[at + 1 : at + 12]):
            return True
        for start, end in reading.sentences[at + 1 : at + 6]:
            found = self._is["virtual.online"].search(reading.text, start, end)
            if found is None or self._is["virtual.other"].match(reading.text, found.start()) is not None:
                continue
            if self._openings.speaks(reading, start, end):
                return self._is["next.future"].search(reading.text, start, found.start()) is None
        return False

    def _later_in_person(self, reading: Reading, opening: Opening) -> bool:
        """Whether one of the next sentences says of the meeting that people sat together."""
        at = reading.sentence_at(opening.start)
        return any(
            self._is["virtual.person"].search(reading.text, *span) is not None and self._openings.speaks(reading, *span)
            for span in reading.sentences[at + 1 : at + 4]
        )


def _ordered(delegations: dict[str, list[str]], parties: list[str]) -> list[str]:
    return [s for s in parties if s in delegations] + sorted(s for s in delegations if s not in parties)


def _keep(notes: Annotations, entities: list[Entity]) -> None:
    """Put the entities that no mention names among the annotations' own."""
    mentioned = {m.entity.id for m in notes.mentions}
    for entity in entities:
        if entity.id not in mentioned:
            notes.entities[entity.id] = entity


@Language.factory("communique_meeting")
def create(nlp: Language, name: str) -> MeetingComponent:
    """The factory that a model's config.cfg names."""
    return MeetingComponent()

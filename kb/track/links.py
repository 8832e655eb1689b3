"""The links log -> which provisions people confirmed, or rejected, as carrying out an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kb.model import ActionItem, Record
from kb.track.attach import Attacher, attach
from kb.track.notes import LinkVerdict, Notes


class Links(Record, frozen=True):
    """The last verdict on every pair of item and target, by both."""

    verdicts: tuple[tuple[str, LinkVerdict], ...] = ()  # item id of today, verdict

    def verdict(self, item: str, target: str) -> LinkVerdict | None:
        """The last word on the pair, or None where nobody judged it."""
        return next((v for i, v in self.verdicts if i == item and v.target == target), None)

    def counts(self) -> dict[str, int]:
        """The number of confirmed links of every item that has one."""
        return Counter(item for item, verdict in self.verdicts if verdict.confirmed)


def read_links(notes: Notes, items: Iterable[ActionItem]) -> Links:
    """What people said about links of the items of today."""
    if not notes.links:
        return Links()
    found = attach(notes.links, notes.reattached, Attacher(items))
    last: dict[tuple[str, str], LinkVerdict] = {}
    for verdict in notes.links:  # by time of entry, so the last one stays
        if item := found.items.get(verdict.key):
            last[item, verdict.target] = verdict
    return Links(tuple((item, last[item, target]) for item, target in sorted(last)))

"""Last of the stages: the base and a date -> a folder of pages that opens from a disk without a server."""

from kb.sitegen.output import NotOursError, is_ours
from kb.sitegen.site import SiteSummary, is_intact, write_site

__all__ = ["NotOursError", "SiteSummary", "is_intact", "is_ours", "write_site"]

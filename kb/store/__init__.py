"""Facts <-> sorted JSON Lines per document, and one SQLite file that every reader uses."""

from kb.store.database import Base, StoreError, decoded, is_whole, open_base
from kb.store.facts import decode_facts, encode_facts, load_facts, save_facts
from kb.store.files import write_atomically
from kb.store.tables import write_base

__all__ = [
    "Base",
    "StoreError",
    "decode_facts",
    "decoded",
    "encode_facts",
    "is_whole",
    "load_facts",
    "open_base",
    "save_facts",
    "write_atomically",
    "write_base",
]

"""Modules that a dependency imports for functions that are seldom or never called: not loaded before one is called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def spared(names: Iterable[str], **instead: Mapping[str, object]) -> Iterator[None]:
    """While the block runs, importing one of the modules gives a stand-in; one that is loaded already stays as it is.

    Everything in a stand-in is a function that loads the module and calls its own, but what `instead` gives for it. So a
    module may be spared where what is taken out of it is called, and not where a class of it is inherited from.
    """
    wanted = {name: instead.get(name, {}) for name in (*names, *instead) if name not in sys.modules}
    stand_ins = {name: _stand_in(name, given) for name, given in wanted.items()}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_in(name: str, given: Mapping[str, object]) -> ModuleType:
    module = ModuleType(name)
    module.__dict__.update(given)
    module.__dict__["__getattr__"] = lambda attribute: _calling(name, attribute)
    return module


def _calling(name: str, attribute: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(name), attribute)(*args, **kwargs)

    return call

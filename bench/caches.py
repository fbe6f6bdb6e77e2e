"""Caches of the package that remember words of a text: read a thousand times, the same text would be found in them."""

import sys
from collections import Counter

from analysis.extract import extract_article
from analysis.ingest.articles import Article

PACKAGE = "analysis"


def caches() -> dict[str, object]:
    """Every functools cache of a module or class of the package that is loaded, by where it stands."""
    found = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != PACKAGE or module is None:
            continue
        for holder in [module, *(value for value in vars(module).values() if isinstance(value, type))]:
            for attribute, value in vars(holder).items():
                value = getattr(value, "__func__", value)
                if hasattr(value, "cache_clear") and getattr(value, "__module__", "").partition(".")[0] == PACKAGE:
                    found[f"{value.__module__}.{getattr(value, '__qualname__', attribute)}"] = value
    return found


def grown_by(articles: list[Article]) -> dict[str, object]:
    """The caches that grow with more than one of the articles: a table is read once, what is kept of words grows on and on.

    All are emptied first, so that it does not matter what was read before.
    """
    clear(caches())
    growths: Counter = Counter()
    for article in articles:
        before = _sizes()
        extract_article(article)
        growths.update(name for name, size in _sizes().items() if size > before.get(name, 0))
    return {name: cache for name, cache in caches().items() if growths[name] > 1}


def _sizes() -> dict[str, int]:
    return {name: cache.cache_info().currsize for name, cache in caches().items()}


def clear(memories: dict[str, object]) -> None:
    """Empty the given caches."""
    for cache in memories.values():
        cache.cache_clear()

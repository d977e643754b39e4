"""Threads that apps add to the worker, declared in each app's worker_lanes.py.

    @lane("mails")
    def send_mails(identity, stopping): ...

The function runs until `stopping` (a threading.Event) is set; when it raises, the worker
starts it again after a rest. `@after_deaths` declares what gives back what dead workers held.
"""

import logging

from django.db import DatabaseError

logger = logging.getLogger(__name__)

_lanes = {}
_reclaimers = {}


def lane(name):
    """Register the decorated function as the lane `name` of the worker."""

    def register(function):
        _lanes[name] = function
        return function

    return register


def declared_lanes():
    """(name, function) of each, in the order of names."""
    return sorted(_lanes.items())


def after_deaths(function):
    """Register a function called with the set of living workers' ids, every half-minute."""
    _reclaimers[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def give_back(worker_ids_alive):
    """Call what was registered; one that fails does not hold back the others."""
    for name, function in sorted(_reclaimers.items()):
        try:
            function(worker_ids_alive)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("%s failed", name)

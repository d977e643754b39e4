"""One row for each thing that can be found, listed, counted, mapped, fed or exported."""

__all__ = ["Catalogue", "Filter", "ask"]


def __getattr__(name):
    # The models must not be imported before the apps are ready.
    if name in __all__:
        from network_site.catalogue import asking

        return getattr(asking, name)
    raise AttributeError(name)

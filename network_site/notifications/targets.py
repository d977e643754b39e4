"""What is told of a theme or a place is told to those who follow what it lies in."""

from network_site.registries.notifications import Target
from network_site.taxonomies.models import Theme


def targets_of_themes(themes):
    """{theme's pk: its target and those of the broader themes}, in one query."""
    paths = {theme.pk: _paths_to(theme) for theme in themes}
    wanted = {path for many in paths.values() for path in many}
    known = (
        dict(Theme.objects.filter(path__in=wanted).values_list("path", "pk"))
        if wanted
        else {}
    )
    return {
        pk: [Target("theme", str(known[path])) for path in many if path in known]
        for pk, many in paths.items()
    }


def _paths_to(theme):
    """The tree's paths of `theme` and its ancestors."""
    step = theme.steplen
    return [theme.path[:end] for end in range(step, len(theme.path) + 1, step)]


def targets_of_territory(territory):
    """The territory, its département, its région: `parent` and its own must be fetched."""
    while territory is not None:
        yield Target("territory", str(territory.pk))
        territory = territory.parent

"""Which static files are published."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class SiteStaticFilesConfig(StaticFilesConfig):
    """Leaves out the layers site.css is built from: they are sources, not files to serve."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "css/src/*"]

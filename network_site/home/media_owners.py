from network_site.media.owners import owner


@owner("home.Branding")
def sees_the_branding(user, pks):
    """The logo stands on every page."""
    return True

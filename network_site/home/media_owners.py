from network_site.media.owners import owner


@owner("home.Branding")
def sees_the_site(user, pks):
    """The logo stands on every page."""
    return True

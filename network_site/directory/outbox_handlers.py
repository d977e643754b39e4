"""What follows from a decision of the directory, once it is committed."""

from network_site.core.outbox import handles
from network_site.members.models import Profile
from network_site.members.words import keep_words


@handles("directory.words_missing")
def write_words():
    """The sheets of an older version of the site, which have no words yet."""
    keep_words(Profile.objects.all())


@handles("object.changed")
def write_words_of_members(model, pk):
    """What an organisation is now called is what its members are found by."""
    if model == "members.organization":
        keep_words(Profile.objects.filter(organization=pk))

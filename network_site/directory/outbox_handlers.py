"""What follows from a decision of the directory, once it is committed."""

from network_site.core.outbox import handles
from network_site.members.models import Profile
from network_site.members.words import keep_words


@handles("directory.words_missing")
def write_words():
    """The sheets of an older version of the site, which have no words yet."""
    keep_words(Profile.objects.all())


@handles("object.changed")
def write_words_again(model, pk):
    """Whoever changed the sheet, or the name of its organisation, the directory follows."""
    if model == "members.profile":
        keep_words(Profile.objects.filter(pk=pk))
    elif model == "members.organization":
        keep_words(Profile.objects.filter(organization=pk))

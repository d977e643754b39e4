"""Who reads a page, as its editor chooses it: groups that they are in, and no other."""

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.models import PageViewRestriction

from network_site.journal.admin_rights import PagePrivacyView
from network_site.members.groups import space_groups


def usable_groups(user):
    """The groups for which `user` may keep a page: spaces and roles of their own.

    Administrators may for any.
    """
    if user.is_superuser:
        return Group.objects.all()
    mine = Q(role__isnull=False) | Q(pk__in=space_groups().values("pk"))
    return Group.objects.filter(mine, user=user)


class PagePrivacyForm(PageViewRestrictionForm):
    """Wagtail's form, without the groups that are not the person's to choose.

    Those that read the page already stay: whoever is in one of several groups neither sends
    the others away nor opens the page to everybody.
    """

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        usable = usable_groups(user)
        self.fields["groups"].queryset = usable.order_by("name")
        self.fields["groups"].label = gettext_lazy("Groups")
        self.kept = Group.objects.none()
        if self.instance.pk:
            self.kept = self.instance.groups.exclude(pk__in=usable.values("pk"))
        if count := self.kept.count():
            self.fields["groups"].help_text = ngettext(
                "%(n)s other group reads it, which only an administrator takes away.",
                "%(n)s other groups read it, which only an administrator takes away.",
                count,
            ) % {"n": count}

    def clean(self):
        data = super().clean()
        opens = data.get("restriction_type") == PageViewRestriction.NONE
        if opens and self.kept.exists():
            self.add_error(
                "restriction_type",
                _(
                    "This page is kept for other groups too: an administrator may open it"
                    " to everybody."
                ),
            )
        return data

    def clean_groups(self):
        groups = super().clean_groups()
        return groups and Group.objects.filter(
            Q(pk__in=[group.pk for group in groups])
            | Q(pk__in=list(self.kept.values_list("pk", flat=True)))
        )


class _PagePrivacyView(PagePrivacyView):
    form_class = PagePrivacyForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


page_privacy_view = require_admin_access(_PagePrivacyView.as_view())

"""The forms of Wagtail's editor: what is asked when a record is published or submitted."""

from network_site.pages.relation_form import RelationForm


class RecordForm(RelationForm):
    """In the space of a body, a new record is issued by that body unless told otherwise."""

    def __init__(self, *args, parent_page=None, **kwargs):
        super().__init__(*args, parent_page=parent_page, **kwargs)
        if self.instance.pk is None and parent_page is not None:
            body = getattr(parent_page.specific, "organization_id", None)
            if body is not None:
                self.initial["publisher"] = self.initial.get("publisher") or body


class RegulatoryTextForm(RecordForm):
    """Refuses to publish or submit what could not be cited; a draft is kept as it is."""

    def _post_clean(self):
        # A new page counts as live until Wagtail saves it as a draft: the model cannot
        # tell by itself what the person is doing.
        self.instance.is_kept_as_draft = self.is_deferred_validation
        super()._post_clean()

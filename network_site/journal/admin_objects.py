"""Views of the back office for things on which rights hang: what they change is written.

A viewset gives its views what to compare and how to write it:

    class _Watched(WatchedSave):
        snapshot = staticmethod(rights_of_domain)      # instance → anything comparable
        write = staticmethod(write_domain)             # (instance, before, after, by)

    class _EditView(_Watched, snippets.EditView): ...
"""

from django.db import transaction


class WatchedSave:
    """For the views that add and change: inside the transaction that saves the instance."""

    snapshot = None
    write = None

    def save_instance(self):
        instance = self.form.instance
        before = self.snapshot(self.model.objects.filter(pk=instance.pk).first())
        with transaction.atomic():
            saved = super().save_instance()
            after = self.snapshot(self.model.objects.get(pk=saved.pk))
            if before != after:
                self.write(saved, before, after, self.request.user)
        return saved


class WatchedDelete:
    """For the view that removes one; several at once are a bulk action."""

    write_deletion = None

    @transaction.atomic
    def delete_action(self):
        self.write_deletion(self.object, self.request.user)
        super().delete_action()

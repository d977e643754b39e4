"""Says, on the next page, that an animation which was just received is kept still."""

from django.contrib import messages

from network_site.media.intake import loses_its_movement


class LostMovementMiddleware:
    """For every form: the files of a request are marked by the intake (`was_moving`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Only what a view has read: asking would read it.
        files = request.__dict__.get("_files") or {}
        if any(
            getattr(file, "was_moving", False)
            for name in files
            for file in files.getlist(name)
        ) and self._is_kept(response):
            messages.warning(request, loses_its_movement())
        return response

    @staticmethod
    def _is_kept(response):
        """Whether the form was accepted: else the file is to be sent again."""
        return response.status_code == 302 or response.get(
            "Content-Type", ""
        ).startswith("application/json")

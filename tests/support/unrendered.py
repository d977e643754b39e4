"""Pages of the back office asked for their status alone: views run, nothing is drawn."""

from django.http import HttpResponse


class Unrendered:
    """Stands last among the middleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        response.content = b""
        return response


def answer_with_statuses_alone(settings, monkeypatch):
    """For a test that asks hundreds of addresses and looks at no page."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Unrendered"]
    for status in (403, 404):
        monkeypatch.setattr(
            f"network_site.urls.handler{status}",
            lambda request, exception, status=status: HttpResponse(status=status),
        )

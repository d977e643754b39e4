"""What was typed in a form that could not be taken now, to be given back with the answer."""

# Never written back in a page; nor is a field whose name holds "password".
_SECRETS = frozenset({"code", "credential", "csrfmiddlewaretoken"})


def kept_fields(request):
    """The fields of a form that was sent, as (name, value), secrets and files left out."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _SECRETS and "password" not in name
        for value in values
    ]

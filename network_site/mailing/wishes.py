"""Whether a person wants a mail: asked of the apps that know their settings, which stand above.

@knows_wishes
def is_wanted(user, notification): ...   # in the app's mail_wishes.py
"""

_known = {}


def knows_wishes(function):
    """Register `function(user, notification) -> bool`: False keeps the mail from leaving.

    Asked for notifications that may be switched off, sent to people who have an account.
    """
    _known[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def is_wanted(user, notification):
    """Whether nobody who knows the wishes of `user` objects to `notification`."""
    return all(function(user, notification) for function in _known.values())

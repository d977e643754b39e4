class ThreadClosed(Exception):
    """The thread takes no more answers: it was closed, hidden, or its space archived."""

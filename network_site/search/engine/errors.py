"""What may be wrong with an index."""


class IndexUnavailable(Exception):
    """There is no index to read: missing, of an older schema, or damaged."""


class IndexDamaged(IndexUnavailable):
    """A file of the index could not be read while answering."""


class RebuildRunning(Exception):
    """Another process is already rebuilding the index."""

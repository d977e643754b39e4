"""The first part of the addresses of each space: docs/decisions/0017-addresses-of-spaces.md."""

SLUGS = {
    "library": "bibliotheque",
    "practices": "bonnes-pratiques",
    "events": "journees",
    "forums": "discussions",
    "newsletter": "lettre",
}

"""The main pages of the site, and where each of them is found whatever the content.

A page is (name, address, where its address is read, readers). Without a place where to read
it, the address is that of the page; else it is how the first link taken begins.
"""

import re

VISITOR, MEMBER = "visitor", "member"
BOTH = (VISITOR, MEMBER)
WORDS = "/recherche/?q=acc%C3%A8s+logement+jeunes"
PAGES = [
    ("home", "/", None, BOTH),
    ("library", "/bibliotheque/", None, BOTH),
    ("text", "/bibliotheque/", "/bibliotheque/", BOTH),
    ("practices", "/bonnes-pratiques/", None, BOTH),
    ("practice", "/bonnes-pratiques/", "/bonnes-pratiques/", BOTH),
    ("measures", "/bonnes-pratiques/mesures/", None, BOTH),
    ("measure", "/bonnes-pratiques/mesures/", "/bonnes-pratiques/mesures/", BOTH),
    ("days", "/journees/", None, BOTH),
    ("day", "/journees/", "/journees/", BOTH),
    ("discussions", "/discussions/", None, BOTH),
    ("thread", "/discussions/fil/", "/discussions/", BOTH),
    ("theme", "/themes/", "/themes/", BOTH),
    ("territory", "/territoires/", "/territoires/", BOTH),
    ("search of three words", WORDS, None, BOTH),
    ("directory", "/annuaire/", None, BOTH),
    ("people", "/annuaire/membres/", None, BOTH),
    ("person", "/annuaire/membres/", "/annuaire/membres/", BOTH),
    ("organisation", "/annuaire/", "/annuaire/", BOTH),
    ("dashboard", "/mon-espace/", None, (MEMBER,)),
]
# Those that are also measured with two facets.
LISTS = (
    "library",
    "practices",
    "days",
    "discussions",
    "people",
    "search of three words",
)
# Below a list, and none of what it lists.
_NOT_RECORDS = (
    "/bonnes-pratiques/mesures/",
    "/bonnes-pratiques/proposer/",
    "/annuaire/membres/",
)
_LINK = re.compile(r'<a[^>]+href="([^"#?]+)"')
_CHOICE = re.compile(r"<input\b[^>]*\btype=\"(?:checkbox|radio)\"[^>]*>")
_OPTIONS = re.compile(
    r"<select\b[^>]*\bname=\"([^\"]+)\"[^>]*>(.*?)</select>", re.DOTALL
)
_FORM = re.compile(
    r"<form\b[^>]*\bclass=\"[^\"]*\bfacets\b[^\"]*\"[^>]*>(.*?)</form>", re.DOTALL
)
_ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')


def main_of(html):
    """What stands between the head and the foot of a page."""
    return html[html.find("<main") : html.rfind("</main>")]


def first_link(html, begins):
    """The address of the first thing listed on a page, or None."""
    others = [one for one in _NOT_RECORDS if not begins.startswith(one)]
    for link in _LINK.findall(main_of(html)):
        if (
            link.startswith(begins)
            and link != begins
            and link.endswith("/")
            and not link.startswith(tuple(others))
        ):
            return link
    return None


def two_facets(html):
    """The query that sets the first choice of each of the first two facets of a list.

    "" where the page has less than two.
    """
    found = {}
    for form in _FORM.findall(html):
        for choice in _CHOICE.findall(form):
            field = dict(_ATTRIBUTE.findall(choice))
            if field.get("value"):
                found.setdefault(field.get("name"), field["value"])
        for name, options in _OPTIONS.findall(form):
            values = re.findall(r'value="([^"]+)"', options)
            if values:
                found.setdefault(name, values[0])
    pairs = list(found.items())[:2]
    return (
        "&".join(f"{name}={value}" for name, value in pairs) if len(pairs) == 2 else ""
    )


def addresses(read):
    """[(name, address, readers)] of the pages as they stand.

    `read(path, reader)` gives the HTML that a reader gets. What a visitor finds listed is
    taken before what a member finds; a page that nothing leads to is left out.
    """
    found, html = [], {}

    def html_of(path, reader):
        if (path, reader) not in html:
            html[path, reader] = read(path, reader)
        return html[path, reader]

    def first_of(listed_at, begins):
        links = (first_link(html_of(listed_at, reader), begins) for reader in BOTH)
        return next(filter(None, links), None)

    for name, path, listed_at, readers in PAGES:
        address = first_of(listed_at, path) if listed_at else path
        if address is None:
            continue
        found.append((name, address, readers))
        if name in LISTS and (query := two_facets(html_of(address, MEMBER))):
            sign = "&" if "?" in address else "?"
            found.append((f"{name}, two facets", f"{address}{sign}{query}", readers))
    return found

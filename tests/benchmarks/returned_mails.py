"""How well returned mails are read: `python -m tests.benchmarks.returned_mails FOLDER`.

FOLDER holds returned mails (*.eml). What each should be is said by its name
("….expect-hard.eml", "….expect-soft.eml"), or by the tables of the Sisimai project's tests:

    git clone https://github.com/sisimai/set-of-emails
    git clone --branch v5.1.0 https://github.com/sisimai/p5-sisimai
    python -m tests.benchmarks.returned_mails set-of-emails/maildir/bsd --labels p5-sisimai/t

There the reason of the first recipient is taken: "userunknown", "hostunknown" and "suspend" are
dead addresses; the others say nothing against an address, but for some that are not judged, since
they say neither ("filtered", "hasmoved", "onhold", "undefined") or are no returns ("vacation",
"feedback", "delivered"). Files of odd number are those the rules were made with; the even ones
judge them. Nothing is written, no database is asked.
"""

import argparse
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

DEAD = {"userunknown", "hostunknown", "suspend"}
NOT_JUDGED = {
    "filtered",
    "hasmoved",
    "onhold",
    "undefined",
    "vacation",
    "feedback",
    "delivered",
}
EXPECTED = re.compile(r"\.expect-(hard|soft)\.eml$")
CASE = re.compile(r"^\s*'(\d+)'\s*=>\s*\[\[([^\]]*)\]", re.MULTILINE)


def labels_of(folder):
    """{file name: whether its address is dead} from Sisimai's tables (t/760-lhost-….t)."""
    found = {}
    for path in sorted(Path(folder).glob("[0-9]*-*.t")):
        engine = path.stem.partition("-")[2]
        for number, values in CASE.findall(path.read_text(errors="replace")):
            columns = re.findall(r"'([^']*)'", values)
            if len(columns) >= 3 and columns[2] and columns[2] not in NOT_JUDGED:
                found[f"{engine}-{number}.eml"] = columns[2] in DEAD
    return found


def expected(folder, labels):
    """[(path, whether its address is dead)] of the files that can be judged."""
    found = []
    for path in sorted(Path(folder).rglob("*.eml")):
        named = EXPECTED.search(path.name)
        if named:
            found.append((path, named[1] == "hard"))
        elif path.name in labels:
            found.append((path, labels[path.name]))
    return found


def outcome_of(raw):
    """("hard", "soft", "no return" or "unreadable", what was understood) of a mail."""
    from network_site.mailing import (
        addresses,
        reports,
    )

    to = addresses.envelope_sender(1)
    raw = raw.replace(b"@ENVELOPE@", to.encode()).replace(b"@N@", b"1")
    try:
        report = reports.read_report(raw, recipient=to)
    except reports.NotOurs as error:
        return "no return", str(error)
    except reports.UnreadableReport as error:
        return "unreadable", str(error)
    said = f"{report.status} {report.cause}: {report.diagnostic[:100]!r}"
    return ("hard" if report.is_hard else "soft"), said


def score(cases, *, is_verbose=False, out=print):
    """Count `cases` by half; say each mistake when `is_verbose`. Return {half: Counter}."""
    counts = {"odd": Counter(), "even": Counter()}
    for path, is_dead in cases:
        outcome, said = outcome_of(path.read_bytes())
        number = re.search(r"(\d+)(?!.*\d)", path.name.partition(".")[0])
        half = "odd" if number and int(number[1]) % 2 else "even"
        kind = "dead" if is_dead else "alive"
        counts[half][kind] += 1
        counts[half][f"{kind} {outcome}"] += 1
        if is_verbose and (outcome == "hard") != is_dead:
            out(f"{path.name}: {kind}, read as {outcome}; {said}")
    return counts


def table(counts):
    """The lines of the result."""
    yield f"{'':>6} {'dead':>6} {'found':>14} {'not about it':>14} {'false hard':>14}"
    total = counts["odd"] + counts["even"]
    for half, count in {**counts, "all": total}.items():
        dead, found = count["dead"], count["dead hard"]
        alive, false = count["alive"], count["alive hard"]
        yield (
            f"{half:>6} {dead:>6} {found:>6} {_share(found, dead):>7}"
            f" {alive:>14} {false:>6} {_share(false, alive):>7}"
        )


def _share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labels", type=Path, help="the folder t of p5-sisimai")
    parser.add_argument("--mistakes", action="store_true", help="say each one")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_site.settings.test")
    import django
    from django.test import override_settings

    django.setup()
    cases = expected(
        options.folder, labels_of(options.labels) if options.labels else {}
    )
    if not cases:
        parser.error("no mail there says what it should be; see --labels")
    started = time.perf_counter()
    with override_settings(MAIL_BOUNCE_ADDRESS="retours@exemple.fr"):
        counts = score(cases, is_verbose=options.mistakes)
    print("\n".join(table(counts)))
    print(f"{len(cases)} mails in {time.perf_counter() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What must not break the search engine: hostile words, readers and a writer, kills.

The processes of `soak` and `kills` are started by name, so that each opens the index by
itself, as a web process and the worker do:

    python -m tests.benchmarks.search_trials read|write|acknowledge FOLDER
"""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = 4
LONGEST_TURN = 1.5
WORDS = (
    "médiation",
    "logement",
    "formation des jeunes",
    '"mise à jour"',
    "loi 2006-396",
)


def hostile_inputs():
    """What should never be typed, and is."""
    return {
        "10,000 characters": "discrimination " * 667,
        "10,000 different words": " ".join(f"mot{number}" for number in range(1_600)),
        "one word of 10,000": "a" * 10_000,
        "control characters": "".join(map(chr, range(32))) * 40 + "\x7f\u2028\ud800",
        "only stop words": "le la les de du des et ou à au aux " * 100,
        "unbalanced quotes": 'le "droit " au" "" logement"""" "' * 60,
        "a phrase of stop words": '"le de la du des"',
        "wildcards": "a* *a* ?????? *** [a-z]* a*b*c*d*e*f*" * 50,
        "operators": '- -- -titre: titre:titre: -"" titre:"" AND OR NOT ((((' * 50,
        "one long phrase": '"' + "droit du travail et de la famille " * 290 + '"',
        "signs": "°«»“”’'`~!@#$%^&*()_+={}[]|\\:;<>,.?/" * 200,
        "accents apart": "e\u0301" * 5_000,
        "numbers": "1-2-3-4/5/6.7,8 " * 600,
        "articles": "L. R* D. a. 1132-1 " * 500,
    }


def hostile(engine):
    """{input: CPU milliseconds of its answer, correction and passages included}."""
    report = {}
    for name, words in hostile_inputs().items():
        started = time.process_time()
        engine.find(words)
        engine.with_passages(words)
        report[name] = round(1000 * (time.process_time() - started), 1)
    report["slowest"] = max(report.values())
    return report


def _store(folder):
    from network_site.search.engine import Store

    return Store(folder)


def _part(key, text):
    from network_site.search.engine import PartDocument

    return PartDocument(key, title="Mise à jour", text=text, tokens=["public"])


def read(folder):
    """Ask until told to stop; print how often, and what went wrong."""
    from network_site.search import queries

    store, count, errors = _store(folder), 0, []
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
    print("ready", flush=True)
    while not stop:
        try:
            snapshot = store.snapshot()
            mask = snapshot.visible({"public"})
            for words in WORDS:
                tree = queries.And(queries.parse(words).clauses)
                evaluation = snapshot.evaluate(tree, mask)
                for number in snapshot.order(evaluation, most=10):
                    snapshot.stored_parts(number, mask)
                count += 1
        except Exception as error:
            errors.append(repr(error))
    print(count, len(errors), *errors[:3], flush=True)


def write(folder):
    """Write, replace and remove until told to stop; print how often."""
    store, count = _store(folder), 0
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
    print("ready", flush=True)
    while not stop:
        key = f"soak:{count % 50}"
        parts = [] if count % 7 == 6 else [_part(key, f"médiation {count}")]
        store.replace({key: parts})
        if count % 40 == 39:
            store.merge()
        count += 1
    print(count, 0, flush=True)


def acknowledge(folder):
    """Write one object after the other and print each once it is written, until killed."""
    store = _store(folder)
    print("ready", flush=True)
    first = int(time.time() * 1000)
    for number in range(first, first + 100_000):
        key = f"kill:{number}"
        store.replace({key: [_part(key, f"accusé {number}")]})
        print(key, flush=True)


def _start(role, folder):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.search_trials", role, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def soak(folder, seconds):
    """Four readers and a writer for `seconds`: {reads, writes, errors}."""
    crowd = [_start("read", folder) for _ in range(READERS)] + [_start("write", folder)]
    for process in crowd:
        process.stdout.readline()
    time.sleep(seconds)
    for process in crowd:
        process.terminate()
    said = [process.communicate(timeout=60)[0].split(maxsplit=2) for process in crowd]
    failed = [line[2].strip() for line in said if len(line) > 2]
    return {
        "reads": sum(int(line[0]) for line in said[:-1]),
        "writes": int(said[-1][0]),
        "errors": sum(int(line[1]) for line in said),
        **({"said": failed} if failed else {}),
    }


def kills(folder, times, seed=0):
    """Kill a writer `times` times: {acknowledged, lost, unreadable}."""
    pick = random.Random(seed)
    store = _store(folder)
    store.rebuild([])
    acknowledged, lost, unreadable = [], 0, 0
    for _ in range(times):
        process = _start("acknowledge", folder)
        process.stdout.readline()
        time.sleep(pick.uniform(0.05, LONGEST_TURN))
        process.kill()
        lines = process.communicate()[0].split("\n")
        # A line that the kill cut short was not said.
        acknowledged += [key for key in lines[:-1] if key]
        if store.state():
            unreadable += 1
        snapshot = _store(folder).snapshot()
        there = snapshot.objects_of(snapshot.alive)
        for key in acknowledged:
            numbers = snapshot.numbers_of([key])
            lost += not there[numbers].any()
    _store(folder).replace({"after": [_part("after", "accusé")]})
    return {"acknowledged": len(acknowledged), "lost": lost, "unreadable": unreadable}


if __name__ == "__main__":
    {"read": read, "write": write, "acknowledge": acknowledge}[sys.argv[1]](
        Path(sys.argv[2])
    )

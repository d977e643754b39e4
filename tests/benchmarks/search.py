"""How fast the search engine builds and answers, and how often the right one is first.

    python -m tests.benchmarks.search --documents FILE --queries FILE [--limit N] [--json]
        [--against fts5,postgres,tantivy] [--soak SECONDS] [--kills N]

Documents are JSON, one a line (id, title, body); queries are {"perf": [[kind, words]…],
"known_items": [{"q", "kind", "ids"}…]}. Times are CPU milliseconds of one process, engine
only, warm unless said otherwise; --limit keeps the first N documents and every target of a
known item. --against puts the same questions to other engines (postgres: the database of
DATABASE_URL, its server's time included, by the clock). --soak has four readers and a
writer at work, --kills kills a writer at random and looks for what it had acknowledged.
"""

import argparse
import contextlib
import json
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

from tests.benchmarks import search_rivals, search_trials

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_site.settings.test")

PASSES = 3
FACETS = ("kind", "themes")


def calibration():
    """CPU seconds of two million dictionary writes: 0.275 on the machine of reference."""
    started = time.process_time()
    cells = {}
    for number in range(2_000_000):
        cells[number] = number
    return round(time.process_time() - started, 3)


def read_documents(path, limit, targets):
    """The documents of a file: the first `limit`, and all that are in `targets`."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is None or number < limit:
                yield json.loads(line)
                continue
            document = json.loads(line)
            if document["id"] in targets:
                yield document


def as_date(value):
    """A day of the corpus (ISO, or nothing)."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def percentiles(values):
    """Seconds to milliseconds: the median, 95 in a hundred, how many."""
    ordered = sorted(values)
    return {
        "p50": round(1000 * ordered[len(ordered) // 2], 2),
        "p95": round(1000 * ordered[int(len(ordered) * 0.95)], 2),
        "n": len(ordered),
    }


def timed(function, items, clock=time.process_time):
    """[percentiles of each pass over `items`, (kind, words) pairs]."""
    passes = []
    for _ in range(PASSES):
        times = []
        for _, words in items:
            started = clock()
            function(words)
            times.append(clock() - started)
        passes.append(percentiles(times))
    return passes


def relevance(find, items):
    """{kind: MRR@10, recall@10} of the known items; `find` gives keys, best first."""
    found = defaultdict(lambda: [0, 0.0, 0])
    for item in items:
        first = find(item["q"])[:10]
        rank = next(
            (place for place, key in enumerate(first, 1) if key in item["ids"]), 0
        )
        for kind in (item["kind"], "all"):
            row = found[kind]
            row[0] += 1
            row[1] += 1 / rank if rank else 0
            row[2] += bool(rank)
    return {
        kind: {"n": n, "mrr": round(mrr / n, 3), "recall": round(hits / n, 3)}
        for kind, (n, mrr, hits) in found.items()
    }


def as_parts(document):
    """A document of the corpus as a source would declare it, with all the fields."""
    from network_site.search.engine import PartDocument

    return [
        PartDocument(
            document["id"],
            kind=str(document.get("source") or "texte").replace(" ", "-"),
            title=document["title"],
            text=document["body"],
            references=[document["title"]],
            tokens=["public"],
            themes=[str(document.get("category") or "aucune").replace(" ", "-")],
            models=["library.regulatorytextpage"],
            day=as_date(document.get("date")),
        )
    ]


class Engine:
    """Questions as `services.search` puts them, without the database."""

    def __init__(self, store):
        self.store = store
        self.snapshot = store.snapshot()

    def ask(self, words, any_word=False):
        """(search, question, evaluation, the first ten numbers)."""
        from network_site.search import queries
        from network_site.search.asking import Asked

        search = Asked(self.snapshot, {"public"}, {})
        question = queries.parse(words)
        evaluate = search.evaluate_any if any_word else search.evaluate
        evaluation = evaluate(question)
        return search, question, evaluation, self.snapshot.order(evaluation, most=10)

    def find(self, words):
        """The keys of the first ten, as the page of results has them."""
        from network_site.search import queries
        from network_site.search.asking import Asked, understood

        search = Asked(self.snapshot, {"public"}, {})
        evaluation, *_ = understood(search, queries.parse(words))
        numbers = self.snapshot.order(evaluation, most=10)
        return [self.snapshot.key(number) for number in numbers]

    def all_words(self, words):
        _, _, _, numbers = self.ask(words)
        return [self.snapshot.key(number) for number in numbers]

    def any_word(self, words):
        _, _, _, numbers = self.ask(words, any_word=True)
        return [self.snapshot.key(number) for number in numbers]

    def with_facets(self, words):
        _, _, evaluation, numbers = self.ask(words)
        hits = evaluation.hits
        for name in FACETS:
            self.snapshot.facet(name, hits)
        return [self.snapshot.key(number) for number in numbers]

    def with_passages(self, words):
        from network_site.search import passages

        search, question, _, numbers = self.ask(words)
        for number in numbers:
            stored = self.snapshot.stored_parts(number, search.mask)
            passages.best_passage(self.snapshot, stored, question.marked)

    def prefix(self, words):
        from network_site.search import queries

        tree = queries.Prefix(words.rstrip("*"), queries.ANYWHERE)
        evaluation = self.snapshot.evaluate(tree, self.snapshot.visible({"public"}))
        return [
            self.snapshot.key(number)
            for number in self.snapshot.order(evaluation, most=10)
        ]


def memory():
    """(the share of this process in MB (PSS), what of it is its own)."""
    with contextlib.suppress(OSError):
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
        sizes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
        own = sizes["Private_Clean:"] + sizes["Private_Dirty:"]
        return sizes["Pss:"] // 1024, own // 1024
    return None, None


def run(documents, queries, limit, folder):
    """Build, ask, update; return the report and the engine."""
    from network_site.search.engine import PartDocument, Store

    targets = {key for item in queries["known_items"] for key in item["ids"]}
    report = {"calibration": calibration()}
    store = Store(folder / "index")
    documents = read_documents(documents, limit, targets)
    started, clock = time.process_time(), time.monotonic()
    count = store.rebuild((each["id"], as_parts(each)) for each in documents)
    spent = time.process_time() - started
    report["documents"] = count
    report["build_per_second"] = round(count / spent)
    report["build_per_second_by_the_clock"] = round(count / (time.monotonic() - clock))
    report["build_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    report["index_mb"] = _megabytes(store.directory.rglob("*"))
    report["arrays_mb"] = _megabytes(store.directory.glob("index-*/arrays/*"))
    started = time.process_time()
    engine = Engine(store)
    report["open_ms"] = round(1000 * (time.process_time() - started), 1)
    engine.ask("rien")
    words = [item for item in queries["perf"] if item[0] not in ("phrase", "prefix")]
    of_kind = {
        kind: [item for item in queries["perf"] if item[0] == kind]
        for kind in ("phrase", "prefix")
    }
    for name, function, items in (
        ("and", engine.all_words, words),
        ("or", engine.any_word, words),
        ("two_facets", engine.with_facets, words),
        ("phrase", engine.all_words, of_kind["phrase"]),
        ("prefix", engine.prefix, of_kind["prefix"]),
        ("highlights", engine.with_passages, words),
    ):
        if items:
            first, *_, report[name] = timed(function, items)
            report[f"{name}_first_touch"] = first
    report["relevance"] = relevance(engine.find, queries["known_items"])
    updates = []
    for number in range(20):
        key = f"update:{number}"
        part = PartDocument(key, title="Mise à jour", text="mots", tokens=["public"])
        started = time.process_time()
        store.replace({key: [part]})
        store.snapshot()
        updates.append(time.process_time() - started)
    report["one_document_update"] = percentiles(updates)
    report["hostile_input_ms"] = search_trials.hostile(Engine(store))
    report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    report["pss_mb"], report["own_mb"] = memory()
    return report


def _megabytes(paths):
    return round(sum(path.stat().st_size for path in paths if path.is_file()) / 1e6, 1)


def main():
    """Run and print."""
    import django

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--against", default="", help="fts5,postgres,tantivy")
    parser.add_argument("--soak", type=int, default=0, metavar="SECONDS")
    parser.add_argument("--kills", type=int, default=0, metavar="N")
    options = parser.parse_args()
    rivals = [name for name in options.against.split(",") if name]
    search_rivals.check(rivals)
    django.setup()
    queries = json.loads(options.queries.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        report = run(options.documents, queries, options.limit, folder)
        if options.soak:
            report["soak"] = search_trials.soak(folder / "index", options.soak)
        if options.kills:
            report["kills"] = search_trials.kills(folder / "killed", options.kills)
        if rivals:
            targets = {key for item in queries["known_items"] for key in item["ids"]}
            report["against"] = {
                name: search_rivals.measure(
                    name,
                    lambda: read_documents(options.documents, options.limit, targets),
                    queries,
                    folder,
                )
                for name in rivals
            }
    report["calibration_after"] = calibration()
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return 0
    for name, value in report.items():
        if name == "against":
            for rival, rows in value.items():
                print(f"{rival}:")
                for row, figures in rows.items():
                    print(f"  {row:24} {figures}")
        else:
            print(f"{name:32} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

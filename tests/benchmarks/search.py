"""How fast the search engine builds and answers, and how often the right one is first.

    python -m tests.benchmarks.search --documents FILE --queries FILE [--limit N] [--json]

Documents are JSON, one a line (id, title, body); queries are {"perf": [[kind, words]…],
"known_items": [{"q", "kind", "ids"}…]}. Times are CPU milliseconds of one process, engine
only; --limit keeps the first N documents and every target of a known item.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_site.settings.test")


def calibration():
    """CPU seconds of two million dictionary writes: 0.275 on the machine of reference."""
    started = time.process_time()
    cells = {}
    for number in range(2_000_000):
        cells[number] = number
    return round(time.process_time() - started, 3)


def read_documents(path, limit, targets):
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is None or number < limit:
                yield json.loads(line)
                continue
            document = json.loads(line)
            if document["id"] in targets:
                yield document


def percentiles(values):
    ordered = sorted(values)
    return {
        "p50": round(1000 * ordered[len(ordered) // 2], 2),
        "p95": round(1000 * ordered[int(len(ordered) * 0.95)], 2),
        "n": len(ordered),
    }


def timed(function, items):
    """({kind: percentiles} of a first pass, the same of a second)."""
    passes = []
    for _ in range(2):
        times = defaultdict(list)
        for kind, words in items:
            started = time.process_time()
            function(words)
            spent = time.process_time() - started
            times[kind].append(spent)
            times["all"].append(spent)
        passes.append({kind: percentiles(spent) for kind, spent in times.items()})
    return passes


def relevance(function, items):
    """{kind: MRR@10, recall@10} of the known items."""
    found = defaultdict(lambda: [0, 0.0, 0])
    for item in items:
        first = [hit.key for hit in function(item["q"])]
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


def run(documents, queries, limit):
    from network_site.search import passages, services
    from network_site.search import queries as asked
    from network_site.search.engine import PartDocument, Store
    from network_site.search.spelling import correction

    targets = {key for item in queries["known_items"] for key in item["ids"]}

    def parts():
        for document in read_documents(documents, limit, targets):
            yield (
                document["id"],
                [
                    PartDocument(
                        document["id"],
                        kind="texte",
                        title=document["title"],
                        text=document["body"],
                        tokens=["public"],
                        themes=[document.get("category", "aucune").replace(" ", "-")],
                    )
                ],
            )

    report = {"calibration": calibration()}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "index")
        started = time.process_time()
        count = store.rebuild(parts())
        spent = time.process_time() - started
        report["documents"] = count
        report["build_per_second"] = round(count / spent)
        report["index_mb"] = round(
            sum(path.stat().st_size for path in store.directory.rglob("*.*")) / 1e6, 1
        )
        started = time.process_time()
        snapshot = store.snapshot()
        report["open_ms"] = round(1000 * (time.process_time() - started), 1)

        def find(words, any_word=False, with_facets=False):
            search = services._Search(snapshot, {"public"}, {})
            question = asked.parse(words)
            evaluation = search.evaluate(question, any_word=any_word)
            if not any_word and not evaluation.hits.any():
                fixed = correction(snapshot, question, search.mask)
                if fixed:
                    question = asked.parse(fixed)
                    evaluation = search.evaluate(question)
                if not evaluation.hits.any():
                    evaluation = search.evaluate(question, any_word=True)
            if with_facets:
                search.facets(evaluation)
            numbers = snapshot.order(evaluation)[:10]
            hits = [snapshot.hit(number, evaluation) for number in numbers]
            return search, question, hits

        perf = [(kind, words) for kind, words in queries["perf"] if kind != "prefix"]
        cold, report["find"] = timed(find, perf)
        report["find_first_touch"] = cold["all"]
        report["or"] = timed(lambda words: find(words, any_word=True), perf)[1]["all"]
        report["with_facets"] = timed(
            lambda words: find(words, with_facets=True), perf
        )[1]["all"]

        def with_passages(words):
            search, question, hits = find(words)
            for hit in hits:
                stored = snapshot.stored_parts(hit.number, search.mask)
                passages.best_passage(stored, question.marked)

        report["with_passages"] = timed(with_passages, perf)[1]["all"]
        report["relevance"] = relevance(
            lambda words: find(words)[2], queries["known_items"]
        )
        updates = []
        for number in range(10):
            started = time.process_time()
            key = f"update:{number}"
            store.replace({key: [PartDocument(key, title="Mise à jour", text="mots")]})
            store.snapshot()
            updates.append(time.process_time() - started)
        report["one_document_update"] = percentiles(updates)
    report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report


def main():
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    django.setup()
    queries = json.loads(options.queries.read_text(encoding="utf-8"))
    report = run(options.documents, queries, options.limit)
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        for name, value in report.items():
            print(f"{name:22} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

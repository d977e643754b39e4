"""The same questions put to other engines: SQLite's FTS5, PostgreSQL, tantivy.

Each is given the terms of our own French chain, but PostgreSQL, which has its own: what
is compared is the engine. PostgreSQL and tantivy are for development only.
"""

import os
import sqlite3
import sys
import time

TITLE_WEIGHT = 4.0


def check(names):
    """Say at once which engine cannot be had."""
    for name in names:
        if name not in RIVALS:
            sys.exit(f"--against knows {', '.join(RIVALS)}, not {name!r}.")
        try:
            RIVALS[name].needs()
        except ImportError as error:
            sys.exit(
                f"--against {name}: {error.name} is not installed; "
                f"pip install {error.name} in a development environment."
            )
        except LookupError as error:
            sys.exit(f"--against {name}: {error.args[0]}")


def measure(name, read, queries, folder):
    """Build rate, and times and relevance as those of our own engine."""
    from tests.benchmarks.search import relevance, timed

    kind = RIVALS[name]
    clock = kind.clock
    started = clock()
    rival = kind(read(), folder)
    report = {"build_per_second": round(rival.count / (clock() - started))}
    words = [item for item in queries["perf"] if item[0] not in ("phrase", "prefix")]
    report["and"] = timed(rival.all_words, words, clock)[-1]
    report["or"] = timed(rival.any_word, words, clock)[-1]
    report["two_facets"] = timed(rival.with_facets, words, clock)[-1]
    report["relevance"] = relevance(
        lambda text: rival.all_words(text) or rival.any_word(text),
        queries["known_items"],
    )
    rival.close()
    return report


def _terms(text):
    from network_site.search import analysis

    return list(dict.fromkeys(analysis.terms(text)))


class Fts5:
    """SQLite's FTS5, contentless, with the terms of our chain."""

    clock = staticmethod(time.process_time)

    @staticmethod
    def needs():
        """SQLite is always there."""

    def __init__(self, documents, folder):
        from network_site.search import analysis

        self._base = sqlite3.connect(folder / "fts5.sqlite3")
        run = self._base.execute
        run("CREATE VIRTUAL TABLE found USING fts5(title, body, content='')")
        run("CREATE TABLE rows (id INTEGER PRIMARY KEY, key, kind, theme)")
        self.count = 0
        for number, document in enumerate(documents, 1):
            title = " ".join(analysis.terms(document["title"]))
            body = " ".join(analysis.terms(document["body"]))
            run(
                "INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)",
                (number, title, body),
            )
            named = document.get("source"), document.get("category")
            run(
                "INSERT INTO rows VALUES (?, ?, ?, ?)", (number, document["id"], *named)
            )
            self.count = number
        self._base.commit()

    def _matching(self, text, join):
        return join.join(f'"{term}"' for term in _terms(text) if '"' not in term)

    def _first(self, match):
        if not match:
            return []
        rows = self._base.execute(
            "SELECT key FROM rows JOIN (SELECT rowid AS n, bm25(found, ?, 1.0) AS worth "
            "FROM found WHERE found MATCH ? ORDER BY worth LIMIT 10) ON n = id "
            "ORDER BY worth",
            (TITLE_WEIGHT, match),
        )
        return [key for (key,) in rows]

    def all_words(self, text):
        return self._first(self._matching(text, " AND "))

    def any_word(self, text):
        return self._first(self._matching(text, " OR "))

    def with_facets(self, text):
        match = self._matching(text, " AND ")
        if match:
            for column in ("kind", "theme"):
                self._base.execute(
                    f"SELECT {column}, count(*) FROM rows WHERE id IN "  # noqa: S608
                    "(SELECT rowid FROM found WHERE found MATCH ?) GROUP BY 1",
                    (match,),
                ).fetchall()
        return self._first(match)

    def close(self):
        self._base.close()


class Postgres:
    """PostgreSQL's own French, a weighted vector and a GIN index, in a temporary table."""

    clock = staticmethod(time.monotonic)

    @staticmethod
    def needs():
        """A driver and a database."""
        import psycopg  # noqa: F401

        if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
            raise LookupError("set DATABASE_URL to a PostgreSQL database.")

    def __init__(self, documents, folder):
        import psycopg

        self._base = psycopg.connect(os.environ["DATABASE_URL"])
        cursor = self._base.cursor()
        cursor.execute(
            "CREATE TEMPORARY TABLE found (key text, kind text, theme text, v tsvector)"
        )
        self.count = 0
        for document in documents:
            cursor.execute(
                "INSERT INTO found VALUES (%s, %s, %s, "
                "setweight(to_tsvector('french', %s), 'A') || "
                "to_tsvector('french', left(%s, 200000)))",
                (
                    document["id"],
                    document.get("source"),
                    document.get("category"),
                    document["title"],
                    document["body"],
                ),
            )
            self.count += 1
        cursor.execute("CREATE INDEX ON found USING gin (v)")
        cursor.execute("ANALYZE found")

    def _first(self, query, text):
        rows = self._base.execute(
            f"SELECT key FROM found, (SELECT {query} AS q) AS asked WHERE v @@ q "  # noqa: S608
            "ORDER BY ts_rank_cd(v, q) DESC LIMIT 10",
            (text,),
        )
        return [key for (key,) in rows]

    def all_words(self, text):
        return self._first("plainto_tsquery('french', %s)", text)

    def any_word(self, text):
        query = "replace(plainto_tsquery('french', %s)::text, '&', '|')::tsquery"
        return self._first(query, text)

    def with_facets(self, text):
        for column in ("kind", "theme"):
            self._base.execute(
                f"SELECT {column}, count(*) FROM found "  # noqa: S608
                "WHERE v @@ plainto_tsquery('french', %s) GROUP BY 1",
                (text,),
            ).fetchall()
        return self.all_words(text)

    def close(self):
        self._base.close()


class Tantivy:
    """tantivy through its official binding, with the terms of our chain."""

    clock = staticmethod(time.process_time)

    @staticmethod
    def needs():
        """Its binding."""
        import tantivy  # noqa: F401

    def __init__(self, documents, folder):
        import tantivy

        from network_site.search import analysis

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        for name in ("title", "body"):
            builder.add_text_field(name, tokenizer_name="whitespace")
        builder.add_text_field("key", stored=True, tokenizer_name="raw")
        for name in ("kind", "theme"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw")
        path = folder / "tantivy"
        path.mkdir()
        self._index = tantivy.Index(builder.build(), path=str(path))
        writer = self._index.writer(heap_size=128_000_000, num_threads=1)
        self.count = 0
        for document in documents:
            writer.add_document(
                tantivy.Document(
                    key=document["id"],
                    title=" ".join(analysis.terms(document["title"])),
                    body=" ".join(analysis.terms(document["body"])),
                    kind=str(document.get("source")),
                    theme=str(document.get("category")),
                )
            )
            self.count += 1
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _query(self, text, occur):
        query = self._tantivy.Query
        schema = self._index.schema
        clauses = []
        for term in _terms(text):
            title = query.boost_query(
                query.term_query(schema, "title", term), TITLE_WEIGHT
            )
            body = query.term_query(schema, "body", term)
            should = self._tantivy.Occur.Should
            either = query.boolean_query([(should, title), (should, body)])
            clauses.append((occur, either))
        return query.boolean_query(clauses)

    def _first(self, text, occur):
        found = self._searcher.search(self._query(text, occur), limit=10)
        return [self._searcher.doc(address)["key"][0] for _score, address in found.hits]

    def all_words(self, text):
        return self._first(text, self._tantivy.Occur.Must)

    def any_word(self, text):
        return self._first(text, self._tantivy.Occur.Should)

    def with_facets(self, text):
        query = self._query(text, self._tantivy.Occur.Must)
        for name in ("kind", "theme"):
            self._searcher.aggregate(query, {"n": {"terms": {"field": name}}})
        return self.all_words(text)

    def close(self):
        self._searcher = self._index = None


RIVALS = {"fts5": Fts5, "postgres": Postgres, "tantivy": Tantivy}

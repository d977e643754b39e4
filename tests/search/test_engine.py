import fcntl
import gc
import os
import stat
from datetime import date

import numpy as np
import pytest

from network_site.search.engine import (
    IndexUnavailable,
    PartDocument,
    RebuildRunning,
    Store,
)
from network_site.search.queries import And, parse


def part(key, title="", text="", tokens=("public",), **fields):
    return PartDocument(key, title=title, text=text, tokens=list(tokens), **fields)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "index")


def found(store, words, tokens=("public",)):
    snapshot = store.snapshot()
    evaluation = snapshot.evaluate(And(parse(words).clauses), snapshot.visible(tokens))
    return [
        snapshot.hit(number, evaluation).key for number in snapshot.order(evaluation)
    ]


def test_without_an_index_reading_and_writing_say_so(store):
    with pytest.raises(IndexUnavailable):
        store.snapshot()
    with pytest.raises(IndexUnavailable):
        store.replace({"a:1": [part("a:1", "Loi")]})
    assert store.state() == "missing"


def test_the_folder_is_closed_to_others(store):
    store.rebuild([("a:1", [part("a:1", "Loi")])])
    assert stat.S_IMODE(os.stat(store.directory).st_mode) == 0o700


def test_what_is_written_is_found_at_once_and_by_every_reader(store):
    store.rebuild([])
    other = Store(store.directory)
    assert found(other, "médiation") == []
    store.replace({"a:1": [part("a:1", "Une médiation")]})
    assert found(store, "mediations") == ["a:1"]
    assert found(other, "mediations") == ["a:1"]


def test_an_object_written_anew_is_there_once(store):
    store.rebuild([("a:1", [part("a:1", "Ancien titre")])])
    store.replace({"a:1": [part("a:1", "Nouveau titre")]})
    assert found(store, "titre") == ["a:1"]
    assert found(store, "ancien") == []


def test_a_removed_object_lends_nothing_any_more(store):
    store.rebuild([("a:1", [part("a:1", "Titre", themes=["emploi"])])])
    store.replace({"a:1": []})
    snapshot = store.snapshot()
    assert found(store, "titre") == []
    assert not snapshot.objects_of(snapshot.visible({"all"})).any()


def test_merging_changes_nothing_but_the_number_of_segments(store):
    store.rebuild([])
    for number in range(5):
        store.replace({f"a:{number}": [part(f"a:{number}", f"Titre {number}")]})
    store.replace({"a:3": []})
    before = sorted(found(store, "titre"))
    assert len(store.snapshot().segments) > 1
    store.merge()
    assert len(store.snapshot().segments) == 1
    assert sorted(found(store, "titre")) == before == ["a:0", "a:1", "a:2", "a:4"]


def test_the_old_index_serves_until_the_new_one_is_ready(store):
    store.rebuild([("a:1", [part("a:1", "Ancien")])])
    during = []

    def objects():
        during.append(found(store, "ancien"))
        yield "a:2", [part("a:2", "Nouveau")]

    store.rebuild(objects())
    assert during == [["a:1"]]
    assert found(store, "nouveau") == ["a:2"]
    assert len(list(store.directory.glob("index-*"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_index_and_no_rubbish(store):
    store.rebuild([("a:1", [part("a:1", "Ancien")])])

    def objects():
        yield "a:2", [part("a:2", "Nouveau")]
        raise ValueError("the database went away")

    with pytest.raises(ValueError, match="went away"):
        store.rebuild(objects())
    assert found(store, "ancien") == ["a:1"]
    assert len(list(store.directory.glob("index-*"))) == 1


def test_what_changes_during_a_rebuild_is_not_lost(store):
    store.rebuild([])

    def objects():
        yield "a:1", [part("a:1", "Lu trop tôt")]
        store.replace({"a:1": [part("a:1", "Relu")]})

    store.rebuild(
        objects(), read_again=lambda keys: {k: [part(k, "Relu")] for k in keys}
    )
    assert found(store, "relu") == ["a:1"]
    assert found(store, "tôt") == []


def test_one_rebuild_at_a_time(store):
    store.rebuild([])
    with (store.directory / "rebuild.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RebuildRunning):
            store.rebuild([])


def test_an_index_of_an_older_schema_is_not_read(store, monkeypatch):
    store.rebuild([("a:1", [part("a:1", "Loi")])])
    newer = Store(store.directory, row_fields=lambda: ("f_title",))
    assert newer.state() == "older schema"
    newer.rebuild([("a:1", [part("a:1", "Loi")])])
    assert newer.state() == ""
    assert found(newer, "loi") == ["a:1"]


def damage(store, pattern):
    """Write rubbish in the middle of a file of the index."""
    (path,) = store.directory.glob(pattern)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8] = b"\x00rubbish"[: len(content) - middle]
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["CURRENT", "index-*/arrays/*.npy"])
def test_a_damaged_file_is_said_and_mended_by_a_rebuild(store, name):
    store.rebuild([("a:1", [part("a:1", "Loi")])])
    damage(store, name)
    fresh = Store(store.directory)
    with pytest.raises(IndexUnavailable):
        fresh.snapshot()
    assert fresh.state()
    fresh.rebuild([("a:1", [part("a:1", "Loi")])])
    assert fresh.state() == ""
    assert found(fresh, "loi") == ["a:1"]


@pytest.mark.parametrize("how", ["rubbish", "cut", "gone"])
def test_lost_arrays_are_made_again_from_what_whoosh_keeps(store, how):
    store.rebuild([("a:1", [part("a:1", "Loi", "sur l’égalité des chances")])])
    store.replace({"a:2": [part("a:2", "Décret", "sur la chance")], "a:3": []})
    store.replace({"a:2": [part("a:2", "Décret", "sur les chances", themes=["loi"])]})
    before = found(store, "chances"), found(store, '"égalité des chances"')
    paths = list(store.directory.glob("index-*/arrays/*.npy"))
    for path in paths:
        if how == "rubbish":
            path.write_bytes(path.read_bytes()[:-8] + b"rubbish!")
        elif how == "cut":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        else:
            path.unlink()
    fresh = Store(store.directory)
    with pytest.raises(IndexUnavailable):
        fresh.snapshot()
    assert fresh.state() == "damaged"
    assert fresh.repair()
    assert fresh.state() == ""
    assert (found(fresh, "chances"), found(fresh, '"égalité des chances"')) == before
    assert fresh.snapshot().facet("themes", np.ones(9, bool)) == {"loi": 1}


# Whoosh leaves open the file that it cannot read: it is collected here, not in another test.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_the_writer_cannot_read_is_rebuilt_and_serves_meanwhile(store):
    store.rebuild([("a:1", [part("a:1", "Loi")])])
    (path,) = store.directory.glob("index-*/*.toc")
    path.write_bytes(b"\x00rubbish")
    fresh = Store(store.directory)
    with pytest.raises(IndexUnavailable):
        fresh.replace({"a:2": [part("a:2", "Décret")]})
    assert fresh.state() == "damaged"
    assert not fresh.repair()
    assert found(store, "loi") == found(fresh, "loi") == ["a:1"]
    fresh.rebuild([("a:1", [part("a:1", "Loi")])])
    assert fresh.state() == ""
    gc.collect()


# Whoosh leaves open the file that it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_arrays_lost_with_what_they_came_from_need_a_rebuild(store):
    store.rebuild([("a:1", [part("a:1", "Loi")])])
    for path in [
        *store.directory.glob("index-*/*.seg"),
        *store.directory.glob("index-*/arrays/*.npy"),
    ]:
        path.write_bytes(b"\x00rubbish")
    fresh = Store(store.directory)
    assert fresh.state() == "damaged"
    assert not fresh.repair()
    fresh.rebuild([("a:1", [part("a:1", "Loi")])])
    assert fresh.state() == ""
    assert found(fresh, "loi") == ["a:1"]
    gc.collect()


def test_no_pickle_is_read_to_answer(store, monkeypatch):
    store.rebuild([("a:1", [part("a:1", "Loi", "du 31 mars")])])

    def refuse(*args, **kwargs):
        raise AssertionError("a pickle was read")

    monkeypatch.setattr("pickle.load", refuse)
    monkeypatch.setattr("pickle.loads", refuse)
    fresh = Store(store.directory)
    assert found(fresh, "mars") == ["a:1"]
    snapshot = fresh.snapshot()
    assert (
        snapshot.stored_parts(0, snapshot.visible({"all"}))[0][1].text == "du 31 mars"
    )


def test_a_part_is_read_by_whoever_has_one_of_its_tokens(store):
    store.rebuild(
        [
            (
                "a:1",
                [
                    part("a:1", "Fiche publique", "mots ouverts"),
                    part("a:1", "Annexe", "mots réservés", ["member"], part="annexe"),
                ],
            ),
            ("a:2", [part("a:2", "Cercle", "mots privés", ["group:7", "group:8"])]),
            ("a:3", [part("a:3", "Sans jeton", "mots perdus", [])]),
        ]
    )
    assert found(store, "réservés") == []
    assert found(store, "réservés", ("public", "member")) == ["a:1"]
    assert found(store, "privés", ("public", "group:8")) == ["a:2"]
    assert found(store, "privés", ("public", "group:9")) == []
    assert found(store, "perdus", ("public", "member", "group:7")) == []
    assert set(found(store, "mots", ("all",))) == {"a:1", "a:2", "a:3"}


def test_an_object_whose_card_is_closed_is_not_seen_through_another_part(store):
    store.rebuild(
        [
            (
                "a:1",
                [
                    part("a:1", "Fiche fermée", tokens=["member"]),
                    part("a:1", "Pièce", "mots ouverts", part="piece"),
                ],
            )
        ]
    )
    assert found(store, "ouverts") == []
    assert found(store, "ouverts", ("public", "member")) == ["a:1"]


def test_the_words_asked_for_may_stand_in_several_parts_that_are_read(store):
    parts = [
        part("a:1", "Emploi"),
        part("a:1", "Note", "logement", ["member"], part="note"),
    ]
    store.rebuild([("a:1", parts)])
    assert found(store, "emploi logement") == []
    assert found(store, "emploi logement", ("public", "member")) == ["a:1"]


def test_a_phrase_is_words_in_a_row(store):
    store.rebuild(
        [
            ("a:1", [part("a:1", "Loi", "pour l’égalité des chances.")]),
            ("a:2", [part("a:2", "Loi", "les chances, puis l’égalité.")]),
            ("a:3", [part("a:3", "Loi", "égalité réelle. Des chances.")]),
        ]
    )
    assert found(store, '"égalité des chances"') == ["a:1"]
    assert len(found(store, "égalité chances")) == 3


def test_ties_are_in_a_steady_order_most_recent_first(store):
    store.rebuild(
        [
            (f"a:{day}", [part(f"a:{day}", "Même titre", day=date(2020, 1, day))])
            for day in (3, 9, 5)
        ]
    )
    assert found(store, "titre") == ["a:9", "a:5", "a:3"]

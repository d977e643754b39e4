"""The cache that rate limits count in: exact between threads and processes."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from network_site.core.shared_cache import SharedFileCache

HAMMER = """
import sys
from network_site.core.shared_cache import SharedFileCache
cache = SharedFileCache(sys.argv[1], {})
print("ready", flush=True)
sys.stdin.readline()
won = 0
for number in range(40):
    won += cache.add(f"seat-{number}", 1)
    cache.incr("count")
print(won)
"""


@pytest.fixture
def cache(tmp_path):
    return SharedFileCache(tmp_path / "cache", {})


def test_processes_never_add_the_same_key_twice_nor_lose_a_count(cache, tmp_path):
    cache.set("count", 0, timeout=600)
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-S",
                "-c",
                f"import sys; sys.path[:0] = {sys.path!r}\n{HAMMER}",
                str(tmp_path / "cache"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "network_site.settings.test"},
        )
        for _number in range(4)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    won = [int(process.communicate(timeout=60)[0]) for process in processes]

    assert sum(won) == 40
    assert cache.get("count") == 160


def test_threads_never_lose_a_count(cache):
    cache.set("count", 0, timeout=600)
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _number: cache.incr("count"), range(200)))
    assert sorted(seen) == list(range(1, 201))


def test_counting_keeps_the_time_at_which_the_count_runs_out(cache):
    cache.set("count", 1, timeout=0.3)
    cache.incr("count")
    assert cache.get("count") == 2
    time.sleep(0.35)
    assert cache.get("count") is None


def test_many_entries_do_not_push_a_count_out(cache):
    cache.set("count", 5, timeout=600)
    for number in range(400):
        cache.set(f"other-{number}", 1, timeout=600)
    assert cache.get("count") == 5
    assert cache.get("other-0") == 1


def test_what_ran_out_is_thrown_away_and_nothing_else(cache):
    cache.set("past", 1, timeout=0.01)
    cache.set("present", 1, timeout=600)
    cache.set("for-ever", 1, timeout=None)
    time.sleep(0.02)
    assert cache.prune() == 1
    assert (cache.get("present"), cache.get("for-ever")) == (1, 1)
    assert cache.prune() == 0


def test_counting_what_is_not_there_says_so(cache):
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")

"""Named arrays in one `.npy` file, mapped read-only by every process that reads it.

The file is an ordinary array of bytes for numpy. In it: eight bytes for the length of
the table of contents, the table (JSON: name → type, place, length; and what the writer
adds), then each array at a multiple of 64. A sum of all that follows it is the table's
first word, so that a torn or damaged file is known before it is used.
"""

import json
import os
import zlib
from pathlib import Path

import numpy as np

_ALIGNMENT = 64
_CHUNK = 1 << 20


class BlobDamaged(Exception):
    """The file is not what was written."""


def write(path: Path, arrays: dict[str, np.ndarray], notes: dict) -> None:
    """Write `arrays` and `notes` (JSON) to `path`, atomically, closed to others."""
    contents, place = {}, 0
    arrays = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    for name, array in arrays.items():
        contents[name] = [array.dtype.str, place, len(array)]
        place += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    table = json.dumps({"arrays": contents, "notes": notes, "size": place}).encode()
    pieces = [table, _padding(16 + len(table))]
    for array in arrays.values():
        pieces += [array.data.cast("B") if array.size else b"", _padding(array.nbytes)]
    checksum = 0
    for piece in pieces:
        checksum = zlib.crc32(piece, checksum)
    head = np.array([len(table), checksum], "<u8").tobytes()
    size = len(head) + sum(map(len, pieces))
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    with fresh.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        shape = {"descr": "|u1", "fortran_order": False, "shape": (size,)}
        np.lib.format.write_array_header_1_0(file, shape)
        file.write(head)
        file.writelines(pieces)
    fresh.replace(path)


def _padding(size):
    return bytes(-size % _ALIGNMENT)


def read(path: Path) -> tuple[dict[str, np.ndarray], dict]:
    """Map `path` and return (arrays, notes).

    Raises FileNotFoundError, or BlobDamaged when the file is not what was written.
    """
    try:
        with path.open("rb") as file:
            _check(file)
        whole = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        length = int(whole[:8].view("<u8")[0])
        table = json.loads(whole[16 : 16 + length].tobytes())
    except FileNotFoundError:
        raise
    except (OSError, ValueError, EOFError) as error:
        raise BlobDamaged(f"{path.name}: {error}") from error
    start = -(-(16 + length) // _ALIGNMENT) * _ALIGNMENT
    arrays = {}
    for name, (kind, place, count) in table["arrays"].items():
        low = start + place
        size = count * np.dtype(kind).itemsize
        arrays[name] = whole[low : low + size].view(kind)
    return arrays, table["notes"]


def _check(file):
    """Raise BlobDamaged unless the file is what was written.

    It is read, not mapped: pages that only this looks at are not this process's memory.
    """
    np.lib.format.read_magic(file)
    shape, _, kind = np.lib.format.read_array_header_1_0(file)
    head = file.read(16)
    checksum, size = 0, len(head)
    while piece := file.read(_CHUNK):
        checksum = zlib.crc32(piece, checksum)
        size += len(piece)
    if (
        kind != np.uint8
        or shape != (size,)
        or head[8:] != checksum.to_bytes(8, "little")
    ):
        raise BlobDamaged(file.name)

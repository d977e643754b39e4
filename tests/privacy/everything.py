"""Reading everything that the site keeps, as somebody who looks for a name would.

Every column of every table by plain SQL, every file of the media, of the exports and of the
index by its bytes, with what is packed in them (JSON, sessions, zlib, stored records) opened.
"""

import base64
import json
import re
import unicodedata
import urllib.parse
import zlib
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def fold(text):
    """Without accents nor case, and with what is escaped in it read."""
    text = urllib.parse.unquote(text)
    plain = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


def cells():
    """(table, column, folded text) of everything in the database that is not empty."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if value is None or value == "":
                        continue
                    yield table, name, fold(_opened(table, name, value))


def _opened(table, name, value):
    if table == "django_session" and name == "session_data":
        return str(Session(session_data=value).get_decoded())
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    text = value if isinstance(value, str) else str(value)
    if isinstance(value, str) and "\\u" in value:
        # What JSON escapes once, and once more inside a text that is JSON itself.
        for _once in range(2):
            text += json.dumps(_loaded(text), ensure_ascii=False)
    return text


def _loaded(text):
    try:
        return json.loads(text)
    except ValueError:
        return re.sub(r"\\+u([0-9a-f]{4})", lambda one: chr(int(one[1], 16)), text)


def files(folder):
    """(path, bytes with all that is packed in them) of each file below `folder`."""
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield path, content + b"".join(_unpacked(content))


def _unpacked(content):
    for found in _ZLIB.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[found.start() :])
        except zlib.error:
            continue


def tables_with(words):
    """{(table, column)} where one of `words` is found."""
    words = [fold(word) for word in words]
    return {
        (table, column)
        for table, column, text in cells()
        if any(word in text for word in words)
    }


def files_with(folder, words, contents=()):
    """The paths below `folder` whose name or bytes hold one of `words` or `contents`."""
    needles = [fold(word).encode() for word in words]
    needles += [word.encode() for word in words]
    needles += [base64.b64encode(word.encode()) for word in words]
    found = []
    for path, content in files(folder):
        plain = fold(content.decode("utf-8", "replace")).encode()
        if (
            any(one in content or one in plain for one in needles)
            or any(one in content for one in contents)
            or any(fold(word) in fold(path.name) for word in words)
        ):
            found.append(str(path.relative_to(folder)))
    return found

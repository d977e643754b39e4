"""Cells that no spreadsheet computes, wherever a list is exported."""

import csv
import importlib
import io
import pkgutil

import pytest

from network_site.core.spreadsheets import InertCells, cell, csv_response
from tests.test_consistency import OWN_APPS


@pytest.mark.parametrize(
    "text",
    [
        *(f"{begin}1+1" for begin in "=+-@＝＋－＠"),
        " =1",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tx",
    ],
)
def test_what_begins_a_formula_is_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "l’accès", "12", "2026-03-02", " a"])
def test_other_words_stay_as_they_were_typed(text):
    assert cell(text) == text


def test_a_file_reads_back_as_it_was_written():
    rows = [["Nom", "Question"], ["Léa", "deux\nlignes ; et « = »"], [None, 3]]
    text = csv_response("x.csv", rows).content.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read == [["Nom", "Question"], ["Léa", "deux\nlignes ; et « = »"], ["", "3"]]


def exporting_views():
    """The views of ours that export a list, with the module they stand in."""
    for config in OWN_APPS:
        for module in pkgutil.iter_modules(config.module.__path__):
            if module.name not in {"viewsets", "reports", "admin_views"}:
                continue
            found = importlib.import_module(f"{config.name}.{module.name}")
            for one in vars(found).values():
                is_own = getattr(one, "__module__", "") == found.__name__
                exported = getattr(one, "list_export", None)
                if is_own and isinstance(exported, list) and exported:
                    yield getattr(one, "index_view_class", one)


def test_no_list_of_the_back_office_exports_a_formula():
    views = set(exporting_views())
    assert len(views) >= 4
    assert not {view for view in views if not issubclass(view, InertCells)}

"""Conventions of the whole project, each written so that it can fail."""

import ast
import re
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string
from django.utils.translation import override
from wagtail.models import get_page_models

from network_site.core import outbox, timetable
from network_site.pages.models import BasePage
from network_site.pages.serving import view_of
from network_site.registries.notifications import notification_named

ROOT = Path(settings.BASE_DIR)
SPACES = ("library", "good_practices", "events", "forums")
CODE_FOLDERS = [ROOT / name for name in ("network_site", *SPACES)]
TEMPLATES = ROOT / "templates"
CATALOGUE = ROOT / "network_site/locale/fr/LC_MESSAGES/django.po"
OWN_APPS = [
    config
    for config in apps.get_app_configs()
    if config.name.startswith("network_site.") or config.name in SPACES
]

# Found by a name that is made up at run time, or by another package.
TEMPLATES_FOUND_BY_NAME = re.compile(
    r"^(allauth|account|mfa|usersessions|wagtailadmin|wagtailusers|django|emails|"
    r"components/card_|components/streamfield|[345]\d\d\.html|[a-z_]+/[a-z_]+_page\.html)"
)


def code_files():
    return [
        path
        for folder in CODE_FOLDERS
        for path in sorted(folder.rglob("*.py"))
        # makemessages, run by another test, writes templates beside themselves for a moment.
        if not path.name.endswith((".html.py", ".txt.py"))
        if "migrations" not in path.parts
    ]


def template_files():
    return [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]


# Templates


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in code_files())
    sources += "\n".join(
        path.read_text()
        for path in template_files()
        if path.suffix in {".html", ".txt"}
    )
    unused = []
    for path in template_files():
        name = path.relative_to(TEMPLATES).as_posix()
        if not TEMPLATES_FOUND_BY_NAME.match(name) and name not in sources:
            unused.append(name)
    assert not unused


def test_every_template_compiles():
    for path in template_files():
        name = path.relative_to(TEMPLATES).as_posix()
        if path.suffix in {".html", ".txt", ".xml", ".css"}:
            get_template(name, using="django")
        elif path.suffix == ".jinja":
            get_template(name, using="jinja2")


def test_loaded_tag_libraries_are_sorted():
    wrong = {}
    for path in TEMPLATES.rglob("*.html"):
        for libraries in re.findall(r"{% load ([^%]+?) %}", path.read_text()):
            names = libraries.split()
            if "from" not in names and names != sorted(names):
                wrong[path.relative_to(TEMPLATES).as_posix()] = libraries
    assert not wrong


def test_templates_carry_no_inline_code():
    pattern = re.compile(
        r"<style[\s>]|\sstyle=|\son(click|change|submit|load|input)=|<script(?![^>]*\bsrc=)"
        r"(?![^>]*application/(ld\+)?json)",
        re.IGNORECASE,
    )
    found = {
        path.relative_to(TEMPLATES).as_posix(): match.group(0)
        for path in (*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.jinja"))
        # Mail readers know no style sheet.
        if not {"email", "emails"} & set(path.parts)
        and (match := pattern.search(path.read_text()))
    }
    assert not found


def test_every_mail_has_a_subject_a_text_and_an_html_part():
    parts = {"_subject.txt", "_body.txt", "_body.html"}
    mails = {}
    for path in (TEMPLATES / "emails").rglob("*"):
        for part in parts:
            if path.name.endswith(part):
                mails.setdefault(str(path)[: -len(part)], set()).add(part)
    assert mails
    assert not {name: parts - found for name, found in mails.items() if found != parts}


def test_every_mail_that_code_sends_exists():
    sent = set()
    for path in code_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", ""))
                == "send_templated"
            ):
                sent |= {
                    keyword.value.value
                    for keyword in node.keywords
                    if keyword.arg == "template"
                    and isinstance(keyword.value, ast.Constant)
                }
    assert sent
    for name in sent:
        get_template(f"emails/{name}_subject.txt")


def test_every_mail_is_sent_by_something():
    """A mail is named in code, or is that of a registered notification."""
    named = {
        node.value.replace(".", "/")
        for path in code_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    # An f-string names the last part only.
    last_parts = {name.rpartition("/")[2] for name in named}
    base = TEMPLATES / "emails"
    idle = []
    for path in base.rglob("*_subject.txt"):
        name = path.relative_to(base).as_posix().removesuffix("_subject.txt")
        known = name in named or name.rpartition("/")[2] in last_parts
        if not known and notification_named(name.replace("/", ".")) is None:
            idle.append(name)
    assert not idle


# Models and pages


def test_names_of_models_and_fields_begin_with_a_small_letter():
    # An acronym keeps its capitals ("NOR number").
    pattern = re.compile(r"^[A-ZÀ-Ý][^A-ZÀ-Ý0-9]")
    wrong = []
    with override("en"):
        for config in OWN_APPS:
            for model in config.get_models():
                meta = model._meta
                names = {str(meta.verbose_name), str(meta.verbose_name_plural)}
                names |= {
                    str(field.verbose_name)
                    for field in meta.local_fields
                    if hasattr(field, "verbose_name") and field.name != "id"
                }
                names -= {"English", "French", "Wagtail"}
                wrong += [
                    f"{meta.label}: {name}"
                    for name in sorted(names)
                    if pattern.match(name)
                    and not name.split()[0].startswith(("English", "French", "INSEE"))
                ]
    assert not wrong


def test_every_page_type_says_where_it_stands():
    silent = []
    for model in get_page_models():
        if model._meta.app_label == "wagtailcore" or not model.is_creatable:
            continue
        for attribute in ("parent_page_types", "subpage_types"):
            if not any(
                attribute in vars(parent)
                for parent in model.__mro__
                if not parent.__module__.startswith("wagtail.")
            ):
                silent.append(f"{model._meta.label}.{attribute}")
    assert not silent


def test_every_page_type_meets_its_view_in_one_way():
    own = [
        model
        for model in get_page_models()
        if issubclass(model, BasePage) and not model.__module__.startswith("tests.")
    ]
    assert len(own) > 10
    assert not [model for model in own if view_of(model) is None]
    assert not [
        (model, name)
        for model in own
        for name in ("serve", "serve_preview")
        if getattr(model, name) is not getattr(BasePage, name)
    ]


def test_no_default_manager_hides_rows():
    for config in OWN_APPS:
        for model in config.get_models():
            assert "WHERE" not in str(model._default_manager.all().query), model


# Registries


def emitted_kinds():
    """Kinds named in calls of emit() and emit_many() anywhere in the code."""
    kinds = {}
    for path in code_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if (
                name in {"emit", "emit_many"}
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                kinds.setdefault(first.value, path.relative_to(ROOT).as_posix())
    return kinds


def test_every_effect_that_is_written_has_a_handler():
    known = set(outbox.registered_kinds())
    assert not {kind: at for kind, at in emitted_kinds().items() if kind not in known}


def test_every_handler_and_job_resolves_by_its_dotted_path():
    for kind in outbox.registered_kinds():
        for handler in outbox.handlers_of(kind):
            if handler.path.startswith("tests."):
                continue
            assert import_string(handler.path) is handler.call
    for job in timetable.declared_jobs():
        assert import_string(job.name) is job.call


# Addresses


def own_patterns(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from own_patterns(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            module = getattr(
                pattern.callback, "view_class", pattern.callback
            ).__module__
            if module.startswith("network_site.") or module.split(".")[0] in SPACES:
                yield prefix + str(pattern.pattern), pattern


def test_every_address_of_ours_has_a_name():
    assert not [path for path, pattern in own_patterns() if not pattern.name]


# Languages


def test_the_french_catalogue_is_complete():
    catalogue = polib.pofile(str(CATALOGUE))
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()]
    assert not [entry.msgid for entry in catalogue.untranslated_entries()]


def test_the_compiled_catalogue_is_that_of_the_text():
    def words(catalogue):
        return {
            (entry.msgctxt or "", entry.msgid): (
                entry.msgstr or tuple(sorted(entry.msgstr_plural.items()))
            )
            for entry in catalogue
            if not entry.obsolete
        }

    text = words(polib.pofile(str(CATALOGUE)))
    compiled = words(polib.mofile(str(CATALOGUE.with_suffix(".mo"))))
    assert text == compiled


def test_french_sentences_keep_french_typography():
    """No straight apostrophe, no ordinary space before a high mark, no middle dot."""
    wrong = []
    for entry in polib.pofile(str(CATALOGUE)):
        if entry.obsolete:
            continue
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            # Tags and values to fill in are not read by anybody.
            words = re.sub(
                r"<[^>]+>|%\([^)]*\)[sd]|%[sd]|{[^}]*}|https?://\S+", "", text
            )
            if re.search(r"\w'\w| [;:!?»]|« |\w·\w", words):
                wrong.append(text)
    assert not wrong


def test_no_gettext_call_receives_a_formatted_string():
    names = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
    wrong = []
    for path in code_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in names
                and any(
                    isinstance(argument, ast.JoinedStr | ast.BinOp)
                    for argument in node.args[:2]
                )
            ):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not wrong


# Files made from others


def test_requirements_are_hashed_and_name_no_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text


# Signals


def test_the_only_signal_receivers_are_those_of_pages():
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in code_files()
        if re.search(
            r"@receiver\(|\b(post|pre)_(save|delete)\.connect\(", path.read_text()
        )
        and path.relative_to(ROOT).as_posix() != "network_site/pages/receivers.py"
    ]
    assert not wrong


def test_the_environment_is_read_in_one_place():
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in code_files()
        if re.search(r"os\.environ\b(?!\.setdefault)|os\.getenv", path.read_text())
        and path.parent != ROOT / "network_site/settings"
    ]
    assert not wrong


def test_every_variable_of_the_environment_is_told_to_operators():
    source = (ROOT / "network_site/settings/environment.py").read_text()
    names = set(
        re.findall(r'(?:environ\.get|_flag|_words|_number)\(\s*"([A-Z_]+)"', source)
    )
    told = (ROOT / "docs/operations.md").read_text()
    assert {"SECRET_KEY", "DATABASE_URL", "VAR_DIR"} <= names
    assert not {name for name in names if f"`{name}`" not in told}


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert not broken

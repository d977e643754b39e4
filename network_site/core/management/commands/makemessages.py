"""Django's makemessages, which also reads the sentences of templates in Jinja2."""

from pathlib import Path

from django.core.management.commands import makemessages

from network_site.core.jinja import sentences_of


class BuildFile(makemessages.BuildFile):
    def preprocess(self):
        if not self.path.endswith(".jinja"):
            super().preprocess()
            return
        source = Path(self.path).read_text(encoding="utf-8")
        Path(self.work_path).write_text(sentences_of(source), encoding="utf-8")


class Command(makemessages.Command):
    build_file_class = BuildFile

"""`python -m faur.site.messages`: gathers every text for people into the catalogues that translators fill.

English is the source and has no catalogue. What is gathered depends on the sources alone: no dates, no line numbers,
no guesses at a translation, so that a second run changes nothing.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

TOOLS = ("xgettext", "msguniq", "msgmerge", "msgattrib")
"""What of GNU gettext is needed."""

PLURALS = {
    "bg": "nplurals=2; plural=(n != 1);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);",
}
"""How each language counts, as Unicode's CLDR says it for whole numbers."""

_HEADER = """\
# {name} for Faur.
# This file is distributed under the licence of Faur, Apache-2.0.
msgid ""
msgstr ""
"Project-Id-Version: faur\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""
_NAMES = {"bg": "Bulgarian", "ro": "Romanian"}
PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "portal" / "locale"
UNSEEN = ("tests", "migrations", "recipes", "programs")


def main() -> int:
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print(f"GNU gettext is needed to gather messages; not found: {', '.join(missing)}.", file=sys.stderr)  # noqa: T201  # the answer of a command
        return 1
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"FAUR_HOME": home, "DJANGO_SETTINGS_MODULE": "faur.site.settings"}
        gather()
    return 0


def gather() -> None:
    """Bring every catalogue up to date with the sources; translations of texts that are gone are dropped."""
    import django
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command

    django.setup()
    for language in PLURALS:
        _catalogue(language).parent.mkdir(parents=True, exist_ok=True)
        _begin(_catalogue(language), language)
    command = Command()
    command.msgmerge_options = ["-q", "--backup=none", "--no-fuzzy-matching", "--update"]
    os.chdir(PACKAGE)
    call_command(
        command,
        locale=list(PLURALS),
        ignore_patterns=list(UNSEEN),
        add_location="file",
        no_wrap=True,
        no_obsolete=True,
        verbosity=0,
    )
    for language in PLURALS:
        _begin(_catalogue(language), language)


def _catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _begin(catalogue: Path, language: str) -> None:
    """Put our own header in place of the one that is there: gettext writes the time of the run into it."""
    header = _HEADER.format(name=_NAMES[language], language=language, plurals=PLURALS[language])
    text = catalogue.read_text(encoding="utf-8") if catalogue.exists() else ""
    _, _, messages = text.partition("\n\n")
    catalogue.write_text(f"{header}\n{messages}" if messages else header, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

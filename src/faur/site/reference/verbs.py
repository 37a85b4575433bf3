"""docs/reference/verbs.md: everything that can be done in the factory and stands in its record."""

from itertools import groupby

from faur.kernel.actions import Recorded, verbs
from faur.site.reference.markdown import code, document, first_sentence, section, table
from faur.site.reference.modules import load_everything

INTRODUCTION = (
    "Every change of the factory is one of these verbs. Each asks the permission, decides by a rule, changes the "
    "database, and appends its statement to the record, in one transaction. The entry's `verb` is the name below."
)


def page() -> str:
    load_everything()
    known = sorted((verb, done) for verb, done in verbs.items() if ".tests." not in done.__module__)
    groups = groupby(known, key=lambda pair: pair[0].partition(".")[0])
    parts = [section(service, table(["Verb", "What it does", "Where"], map(_row, rows))) for service, rows in groups]
    return document("Verbs", INTRODUCTION, *parts)


def _row(pair: tuple[str, Recorded]) -> list[str]:
    verb, done = pair
    place = done.__module__.replace(".", "/").removeprefix("faur/") + ".py"
    return [code(verb), first_sentence(done.__doc__), code(place)]

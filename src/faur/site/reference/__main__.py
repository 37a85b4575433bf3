"""`python -m faur.site.reference docs/reference`."""

import argparse
import os
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m faur.site.reference", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"FAUR_HOME": home, "DJANGO_SETTINGS_MODULE": "faur.site.settings"}
        _write(folder)


def _write(folder: Path) -> None:
    import django

    from faur.site.reference import write

    django.setup()
    write(folder)


if __name__ == "__main__":
    main()

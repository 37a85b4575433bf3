"""`python -m faur.adapters.documents FORMAT < technical-file.json > out`: one document, in bounds it sets itself.

Exit codes: 0, the document is on the standard output; 65, what came is no technical file; 1, it could not be set.
The last line on the standard error says why.
"""

import contextlib
import os
import resource
import sys

UNREADABLE = 65
MEMORY = "FAUR_RENDERER_MEMORY"
CPU_SECONDS = "FAUR_RENDERER_CPU_SECONDS"


def main(arguments: list[str]) -> int:
    """Render the document on the standard input into the format named by the one argument."""
    _bound_itself()
    from faur.adapters.documents.document import UnreadableError
    from faur.adapters.documents.rendering import render

    try:
        rendered = render(sys.stdin.buffer.read(), arguments[0])
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    sys.stdout.buffer.write(rendered)
    return 0


def _bound_itself() -> None:
    """Take the limits from the environment; where the system knows none (macOS has no bound on memory), go without."""
    for name, limit in ((MEMORY, resource.RLIMIT_AS), (CPU_SECONDS, resource.RLIMIT_CPU)):
        if bound := os.environ.get(name):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(limit, (int(bound), int(bound)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

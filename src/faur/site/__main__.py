"""`python -m faur.site`: the commands that run a factory. `faur up` and its like come here."""

import argparse
import sys

from faur.site import commands


def main() -> int:
    parser = argparse.ArgumentParser(prog="faur")
    verbs = parser.add_subparsers(dest="verb", required=True)
    up = verbs.add_parser("up", help="the whole factory in one process")
    up.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    verbs.add_parser("serve", help="the portal, the API and the gateway, without workers")
    verbs.add_parser("work", help="tasks and pollers, without the portal")
    verbs.add_parser("migrate", help="bring the database, the static files and the library up to date")
    appoint = verbs.add_parser("appoint", help="give a person a role in the factory")
    appoint.add_argument("email")
    appoint.add_argument("role", choices=["operator", "evaluator", "auditor"])
    tasks = verbs.add_parser("tasks", help="what the workers gave up, and why")
    tasks.add_argument("--again", metavar="ID", default="", help="put this one back into the queue")
    arguments = parser.parse_args()
    return commands.run(arguments)


if __name__ == "__main__":
    sys.exit(main())

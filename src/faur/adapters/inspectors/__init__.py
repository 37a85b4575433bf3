"""Programs that look into files that nobody trusts, each alone in a process that its caller bounds.

Each is one file that needs nothing of Faur: `python -m faur.adapters.inspectors.tabular PATH`, or by its own path. It
prints one JSON object; `code` is "" where the file is fit (exit status 0), else it says why not (exit status 65). A
process that ends without an answer met a file that is not fit either.
"""

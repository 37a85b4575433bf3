"""The hot paths, in Starlette: inference, job logs, bytes."""

"""What is forgotten of those who were here."""

from importlib import import_module

from django.conf import settings

from faur.kernel.tasks import every


@every(seconds=3600)
def forget_ended_sessions() -> None:
    """Remove the sessions of browsers that have expired."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()

"""A session that has ended leaves nothing behind."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from faur.kernel import clock
from faur.kernel.actors.tasks import forget_ended_sessions


@pytest.mark.django_db
def test_ended_sessions_are_forgotten_and_others_stay():
    ended, open_still = SessionStore(), SessionStore()
    ended.create(), open_still.create()
    Session.objects.filter(pk=ended.session_key).update(expire_date=clock.now() - timedelta(seconds=1))
    forget_ended_sessions()
    assert [session.pk for session in Session.objects.all()] == [open_still.session_key]

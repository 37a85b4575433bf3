"""One process at a time watches over a cluster."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import psutil
import pytest

from faur.kernel import clock
from faur.services.compute.polling.lease import LASTS, holder_name, is_gone, leave_lease, take_lease

pytestmark = pytest.mark.django_db


def test_a_second_process_waits_until_the_first_leaves():
    now = clock.now()
    assert take_lease("cls_a", "one:1:1", now)
    assert not take_lease("cls_a", "two:1:1", now)
    assert take_lease("cls_b", "two:1:1", now)
    leave_lease("cls_a", "one:1:1")
    assert take_lease("cls_a", "two:1:1", now)


def test_the_holder_renews_and_a_silent_one_is_replaced():
    now = clock.now()
    assert take_lease("cls_a", "one:1:1", now)
    assert take_lease("cls_a", "one:1:1", now + LASTS / 2)
    assert not take_lease("cls_a", "two:1:1", now + LASTS)
    assert take_lease("cls_a", "two:1:1", now + 2 * LASTS + timedelta(seconds=1))
    assert not take_lease("cls_a", "one:1:1", now + 2 * LASTS + timedelta(seconds=1))


def test_a_process_of_this_machine_that_was_killed_is_replaced_at_once():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    started = psutil.Process(child.pid).create_time()
    holder = f"{socket.gethostname()}:{child.pid}:{started:.2f}:aa"
    assert take_lease("cls_a", holder, clock.now())
    assert not take_lease("cls_a", holder_name(), clock.now())
    child.kill()
    child.communicate()
    assert take_lease("cls_a", holder_name(), clock.now())


def test_a_reused_process_number_is_not_taken_for_the_holder():
    assert is_gone(f"{socket.gethostname()}:{os.getpid()}:1.00:aa")
    assert not is_gone(holder_name())
    assert not is_gone("elsewhere:1:1.00:aa")

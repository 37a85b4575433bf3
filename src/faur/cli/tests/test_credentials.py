"""A token is kept where its owner alone can read it, with the address that made it."""

import json

import pytest

from faur.cli.credentials import access, forget_token, keep_key, keep_token, kept_key, plain_url
from faur.cli.refusal import Misused, Refused

ONE, OTHER = "http://one.example", "https://other.example:8443"


def test_nobody_is_the_first_one_and_asks_this_machine():
    assert (access().url, access().token) == ("http://127.0.0.1:8000", "")


def test_the_file_is_its_owners_alone_whatever_the_mask(credentials):
    keep_token(ONE, "faur_a")
    assert credentials.stat().st_mode & 0o777 == 0o600
    assert credentials.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in credentials.parent.iterdir()] == [credentials.name]


def test_a_file_that_others_may_read_is_not_used(credentials):
    keep_token(ONE, "faur_a")
    credentials.chmod(0o644)
    with pytest.raises(Refused, match="Others may read"):
        access()


def test_the_last_login_is_asked_and_each_address_keeps_its_own_token(monkeypatch):
    keep_token(ONE, "faur_a")
    keep_token(OTHER, "faur_b")
    assert (access().url, access().token) == (OTHER, "faur_b")
    monkeypatch.setenv("FAUR_URL", f"{ONE}/")
    assert (access().url, access().token) == (ONE, "faur_a")


def test_a_kept_token_is_never_sent_to_another_address(monkeypatch):
    keep_token(ONE, "faur_a")
    monkeypatch.setenv("FAUR_URL", "http://third.example")
    assert access().token == ""


def test_a_token_of_the_environment_needs_its_address(monkeypatch):
    keep_token(ONE, "faur_a")
    monkeypatch.setenv("FAUR_TOKEN", "faur_c")
    with pytest.raises(Misused, match="without FAUR_URL"):
        access()
    monkeypatch.setenv("FAUR_URL", OTHER)
    assert (access().url, access().token) == (OTHER, "faur_c")


def test_a_forgotten_token_is_gone_from_the_file_and_the_keys_stay(credentials):
    keep_token(ONE, "faur_a")
    keep_key(ONE, "second-reader", "faur_key_x")
    forget_token(ONE)
    assert access().token == ""
    assert "faur_a" not in credentials.read_text()
    assert kept_key(ONE, "second-reader") == "faur_key_x"
    assert kept_key(OTHER, "second-reader") == ""


def test_a_file_that_is_broken_is_a_sentence(credentials):
    credentials.parent.mkdir(mode=0o700)
    credentials.touch(mode=0o600)
    credentials.write_text("{")
    with pytest.raises(Refused, match="cannot be used"):
        access()


def test_a_file_of_another_form_is_as_none(credentials):
    credentials.parent.mkdir(mode=0o700)
    credentials.touch(mode=0o600)
    credentials.write_text(json.dumps(["older"]))
    assert access().token == ""


@pytest.mark.parametrize(
    ("text", "plain"),
    [("HTTP://One.Example:80/", ONE), ("http://one.example", ONE), (" https://other.example:8443 ", OTHER)],
)
def test_an_address_is_always_written_in_the_same_way(text, plain):
    assert plain_url(text) == plain


@pytest.mark.parametrize(
    "text", ["", "one.example", "ftp://one.example", "http://", "http://a:b@one.example", "http://x y"]
)
def test_what_is_no_address_is_wrong_usage(text):
    with pytest.raises(Misused, match="no address"):
        plain_url(text)

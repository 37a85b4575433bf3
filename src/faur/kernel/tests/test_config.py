"""Under which address a site is reached, and which name in a request it answers to."""

import pytest

from faur.kernel.config import Config


@pytest.mark.parametrize(
    ("given", "url", "hostname"),
    [
        ({}, "http://127.0.0.1:8000", "127.0.0.1"),
        ({"host": "::1", "port": 9000}, "http://[::1]:9000", "[::1]"),
        ({"public_url": "https://faur.example.org/"}, "https://faur.example.org", "faur.example.org"),
        ({"public_url": "https://faur.example.org:8443"}, "https://faur.example.org:8443", "faur.example.org"),
        ({"public_url": "https://[2001:db8::1]"}, "https://[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_the_address_of_a_site_and_its_name(given, url, hostname):
    config = Config(**given)
    assert (config.url, config.hostname) == (url, hostname)

"""The service's address, and where it may lead."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from saidanddone.errors import BadChoice, BadInput
from saidanddone.sources.fetch import PUBLISHED, SETTING, Service


def test_the_published_service_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Service.at().url("events/md5sums") == f"{PUBLISHED}/events/md5sums"
    monkeypatch.setenv(SETTING, "https://mirror.example/gdelt/")
    assert Service.at().url("x") == "https://mirror.example/gdelt/x"
    assert Service.at("http://other.example:80").url("x") == "http://other.example/x"


@pytest.mark.parametrize(
    "address",
    [
        "gdelt", "ftp://host/", "http://", "http:///x", "http://host:99999", "http://host:x",
        "http://a b/", "http://user:word@host/", "http://host/?x=1", "http://host/#x",
        "http://host/../x", "file:///etc/passwd", "http://[::1", "http://" + "a" * 300,
        "http://host\n/", "http://host\\x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadChoice, match="not the address of a service"):
        Service.at(address)


def leads_to(monkeypatch: pytest.MonkeyPatch, *places: str) -> None:
    def found(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 80)) for place in places]

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.mark.parametrize("place", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "fe80::1%1"])
def test_a_name_never_leads_into_the_users_network(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    leads_to(monkeypatch, "93.184.216.34", place)
    with pytest.raises(BadInput, match="leads to a private network"):
        Service.at().place()


def test_a_public_name_leads_to_its_first_address(monkeypatch: pytest.MonkeyPatch) -> None:
    leads_to(monkeypatch, "93.184.216.34", "93.184.216.35")
    assert Service.at().place() == "93.184.216.34"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.5", "[::1]"])
def test_the_setting_may_name_a_private_address_itself(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    leads_to(monkeypatch, "10.0.0.5")
    assert Service.at(f"http://{host}:8000").place() == "10.0.0.5"

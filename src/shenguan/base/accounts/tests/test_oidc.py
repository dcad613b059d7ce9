"""Single sign-on against a provider that signs real tokens, without a network."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client

from shenguan.base.accounts import oidc_settings
from shenguan.base.accounts.models import Account, SignedIn
from shenguan.base.accounts.oidc import Provider
from shenguan.base.accounts.services import open_account
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops import clock
from shenguan.base.org.models import Court, Person

pytestmark = pytest.mark.django_db
SECRET = "a shared secret of thirty-two bytes or more"
ISSUER = "https://id.example"
FILE = {
    "issuer": ISSUER,
    "authorize": f"{ISSUER}/authorize",
    "token": f"{ISSUER}/token",
    "userinfo": f"{ISSUER}/me",
    "jwks": f"{ISSUER}/keys",
    "client": "shenguan",
    "secret": SECRET,
    "algorithm": "HS256",
}


@pytest.fixture(autouse=True)
def single_sign_on(settings, tmp_path):
    file = tmp_path / "oidc.json"
    file.write_text(json.dumps(FILE))
    for name, value in oidc_settings.read(file).items():
        setattr(settings, name, value)
    settings.ROOT_URLCONF = "shenguan.base.accounts.tests.oidc_urls"


@pytest.fixture
def account() -> Account:
    court = Court.objects.create(code="示0101", name="示范市甲区人民法院", level="基层")
    person = Person.objects.create(court=court, name="法官甲一")
    return open_account(username="faguan", password="-", person=person)


def come_back(monkeypatch, *, name: str = "faguan", **wrong: object):
    """Go to the provider and back with a token for `name`; `wrong` replaces claims of the token."""
    client = Client()
    sent = urlsplit(client.get("/login/oidc/").headers["Location"])
    asked = {key: value[0] for key, value in parse_qs(sent.query).items()}
    claims = {"sub": "1", "iss": ISSUER, "aud": "shenguan", "nonce": asked["nonce"], **wrong}
    token = jwt.encode(claims, SECRET, "HS256")
    monkeypatch.setattr(Provider, "get_token", lambda *_: {"id_token": token, "access_token": "x"})
    monkeypatch.setattr(Provider, "get_userinfo", lambda *_: {"preferred_username": name})
    client.raise_request_exception = False
    return client, client.get("/login/oidc/back/", {"code": "c", "state": asked["state"]})


def test_whoever_has_an_account_is_let_in_and_leaves_a_trace(account, monkeypatch):
    client, answer = come_back(monkeypatch)
    assert answer.headers["Location"] == "/"
    assert SignedIn.objects.get().account == account
    assert AuditRow.objects.get().action == "单点登录"
    assert client.get("/account/").status_code != 302


def test_signing_in_at_the_provider_gives_nobody_an_account(account, monkeypatch):
    _client, answer = come_back(monkeypatch, name="niemand")
    assert answer.headers["Location"] == "/login/?refused=1"
    assert not SignedIn.objects.exists()


@pytest.mark.parametrize("wrong", [{"aud": "other"}, {"iss": "https://evil"}, {"nonce": "old"}])
def test_a_token_made_for_another_is_refused(account, monkeypatch, wrong):
    assert come_back(monkeypatch, **wrong)[1].status_code == 400
    assert not SignedIn.objects.exists()


def test_a_locked_account_stays_shut(account, monkeypatch):
    Account.objects.update(locked_until=clock.now().replace(year=2999))
    assert come_back(monkeypatch)[1].headers["Location"] == "/login/?refused=1"


def test_a_file_that_lacks_a_key_is_refused_by_name(tmp_path):
    file = tmp_path / "oidc.json"
    file.write_text(json.dumps({**FILE, "secret": ""}))
    with pytest.raises(ValueError, match="缺少:secret"):
        oidc_settings.read(file)
    assert oidc_settings.read(tmp_path / "none.json") == {}

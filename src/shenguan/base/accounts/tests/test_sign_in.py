from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp
import pytest
from django.test import Client

from shenguan.base.accounts import services
from shenguan.base.accounts.models import Account, SignedIn
from shenguan.base.accounts.services import CodeWanted, SignInRefused, open_account, sign_in
from shenguan.base.accounts.tests.doors import PASSWORD, signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Court, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def court():
    return Court.objects.create(code="示0101", name="示范市甲区人民法院", level="基层")


@pytest.fixture
def account(court):
    person = Person.objects.create(court=court, name="法官甲一")
    return open_account(username="faguan", password=PASSWORD, person=person)


def enter(password: str = PASSWORD, *, code: str = "", now: datetime = NOW) -> Account:
    return sign_in(username="faguan", password=password, code=code, now=now)


def test_the_right_password_opens_and_leaves_a_trace(account):
    assert enter() == account
    row = AuditRow.objects.get(action="登录")
    assert (row.chain, row.actor) == ("示0101", "法官甲一")


def test_name_and_password_wrong_sound_the_same(account):
    with pytest.raises(SignInRefused) as known:
        enter("falsch")
    with pytest.raises(SignInRefused) as unknown:
        sign_in(username="niemand", password="falsch", now=NOW)
    assert str(known.value) == str(unknown.value)


def test_five_failures_lock_the_account_even_for_the_right_password(account):
    for _ in range(services.MOST_FAILURES):
        with pytest.raises(SignInRefused, match="不正确"):
            enter("falsch")
    with pytest.raises(SignInRefused, match="锁定"):
        enter()
    just_before = NOW + services.LOCKED_FOR - timedelta(seconds=1)
    with pytest.raises(SignInRefused, match="锁定"):
        enter(now=just_before)
    assert enter(now=NOW + services.LOCKED_FOR)


def test_a_success_forgets_earlier_failures(account):
    for _ in range(services.MOST_FAILURES - 1):
        with pytest.raises(SignInRefused):
            enter("falsch")
    enter()
    account.refresh_from_db()
    assert account.failures == 0


def test_a_second_factor_is_asked_for_and_a_code_opens_once(account):
    secret = services.new_secret()
    code = pyotp.TOTP(secret).at(NOW)
    services.set_second_factor(account, secret=secret, code=code, now=NOW)
    with pytest.raises(CodeWanted):
        enter()
    with pytest.raises(SignInRefused, match="动态口令不正确"):
        enter(code="000000" if code != "000000" else "111111")
    assert enter(code=code)
    with pytest.raises(SignInRefused, match="用过"):
        enter(code=code)


def test_a_wrong_code_doesnt_switch_the_second_factor_on(account):
    with pytest.raises(SignInRefused):
        services.set_second_factor(account, secret=services.new_secret(), code="12", now=NOW)
    account.refresh_from_db()
    assert not account.totp_secret


def test_a_session_ends_when_idle_and_in_any_case_after_its_whole_time(account, settings):
    settings.SHENGUAN_SESSION_IDLE = timedelta(minutes=30)
    settings.SHENGUAN_SESSION_WHOLE = timedelta(hours=1)
    for key in ("a", "b"):
        services.start_session(account, session_key=key, now=NOW, address="", agent="")
    assert services.still_open("a", now=NOW + timedelta(minutes=30))
    assert services.still_open("b", now=NOW + timedelta(minutes=31)) is None
    assert services.still_open("a", now=NOW + timedelta(minutes=59))
    assert services.still_open("a", now=NOW + timedelta(minutes=61)) is None
    assert not SignedIn.objects.exists()


def test_a_stranger_is_sent_to_the_door_and_back_to_where_he_wanted(account):
    client = Client()
    answer = client.get("/figures/?by=judge")
    assert answer.headers["Location"] == "/login/?next=%2Ffigures%2F%3Fby%3Djudge"
    entered = client.post(
        "/login/", {"username": "faguan", "password": PASSWORD, "next": "/figures/?by=judge"}
    )
    assert entered.headers["Location"] == "/figures/?by=judge"


def test_the_door_never_leads_to_another_site(account):
    form = {"username": "faguan", "password": PASSWORD, "next": "https://example.org/"}
    assert Client().post("/login/", form).headers["Location"] == "/"


def test_signing_out_closes_the_session_everywhere(court):
    client = signed_in("院长", court)
    assert client.get("/account/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/account/").status_code == 302


def test_a_person_ends_another_session_of_ones_own_but_nobody_elses(court):
    mine, yours = signed_in("院长", court), signed_in("庭长", court)
    row = SignedIn.objects.get(account__person__name="庭长某")
    mine.post(f"/account/end/{row.pk}/")
    assert yours.get("/account/").status_code == 200
    yours.post(f"/account/end/{row.pk}/")
    assert yours.get("/account/").status_code == 302


def test_a_new_session_key_is_used_after_signing_in(account):
    client = Client()
    client.get("/login/")
    before = client.session.session_key
    client.post("/login/", {"username": "faguan", "password": PASSWORD})
    assert client.session.session_key != before

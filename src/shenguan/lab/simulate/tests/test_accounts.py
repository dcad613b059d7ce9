from datetime import date

import pytest

from shenguan.base.accounts.models import Account
from shenguan.base.org.models import Appointment
from shenguan.lab.simulate.accounts import open_demo_accounts
from shenguan.lab.simulate.organise import organise
from shenguan.lab.simulate.world import city_of
from shenguan.rulebook import load


@pytest.mark.django_db
def test_each_post_opens_for_someone_and_judge_and_chief_share_a_division(tmp_path):
    organise(city_of(6000, 3, date(2024, 1, 1), date(2026, 11, 20)))
    opened = open_demo_accounts(tmp_path)
    assert {one.post for one in opened} == {post.name for post in load().posts} - {"诉讼参与人"}
    people = {a.user.get_username(): a.person for a in Account.objects.select_related("person")}
    for end in ("", "1"):
        judge, chief = people[f"faguan{end}"], people[f"tingzhang{end}"]
        assert judge != chief
        units = set(Appointment.objects.filter(person=judge).values_list("unit", flat=True))
        assert units & set(Appointment.objects.filter(person=chief).values_list("unit", flat=True))
    written = (tmp_path / "demo-accounts.txt").read_text(encoding="utf-8")
    assert "faguan1" in written
    assert (tmp_path / "demo-accounts.txt").stat().st_mode & 0o077 == 0

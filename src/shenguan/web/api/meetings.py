"""专业法官会议 and 审委会: calling, agenda, who came, opinions, conclusion, what the bench does with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.base.org.models import Person
from shenguan.programs.meetings import selectors, services
from shenguan.programs.meetings.models import Matter, Meeting
from shenguan.programs.meetings.services import By, Call
from shenguan.rulebook import load
from shenguan.spine.cases.reading import note_reading
from shenguan.spine.cases.selectors import inner_cases
from shenguan.web.api.shared import Key, Page, Part, Who, Words, page_of

router = Router(by_alias=True)
ledger_router = Router(by_alias=True)
TEXT = 4000
LEADS, BENCH = ("审批", "阅核"), ("登记事件", "申请审批", "起草")


class MatterOut(Words):
    """One matter of a meeting: without what was said."""

    id: int = Field(alias="编号")
    body: str = Field(alias="会议")
    meeting: str = Field(alias="会议编号")
    held_on: date = Field(alias="日期")
    number: str = Field(alias="案号")
    concluded_on: date | None = Field(alias="结论日期")
    response: str = Field(alias="审判组织回复")


class WholeMatter(MatterOut):
    """A matter with what was asked, said and concluded; shown with the inner record alone."""

    ground: str = Field(alias="提交事由")
    question: str = Field(alias="提请讨论的问题")
    bench_opinion: str = Field(alias="合议庭意见")
    voices: list[dict[str, Any]] = Field(alias="发言")
    conclusion: str = Field(alias="会议意见")
    response_text: str = Field(alias="回复说明")


class MeetingOut(Words):
    """One meeting."""

    id: int = Field(alias="编号")
    body: str = Field(alias="会议")
    number: str = Field(alias="会议编号")
    court: str = Field(alias="法院")
    held_on: date = Field(alias="日期")
    size: int = Field(alias="组成人数")
    chair: str = Field(alias="主持人")
    recorder: str = Field(alias="记录人")
    state: str = Field(alias="状态")


class WholeMeeting(MeetingOut):
    """A meeting with who was called and the matters one may read."""

    least: int = Field(alias="最少出席")
    seats: list[dict[str, Any]] = Field(alias="参会人员")
    matters: list[WholeMatter] = Field(alias="议题")


class CallIn(Words):
    """Who is called to what; 会议 in codes of `/quality/codes` (bodies_of_meeting), people by id."""

    body: str = Field(alias="会议", max_length=20)
    number: str = Field(alias="会议编号", max_length=40)
    held_on: date = Field(alias="日期")
    size: int = Field(alias="组成人数", ge=1, le=1000)
    chair: Key = Field(alias="主持人编号")
    recorder: Key = Field(alias="记录人编号")
    members: list[Key] = Field(alias="参会人员编号", max_length=200)


class PutOnIn(Words):
    """A case for the agenda; 提交事由 in codes of `/quality/codes` (grounds_of_meeting)."""

    case: int = Field(alias="案件编号")
    ground: str = Field(alias="提交事由", max_length=10)
    question: str = Field(alias="提请讨论的问题", max_length=TEXT)
    bench_opinion: str = Field("", alias="合议庭意见", max_length=TEXT)


class PresentIn(Words):
    """Who came."""

    present: list[int] = Field(alias="出席人员编号", max_length=200)


class VoiceIn(Words):
    """What one person said; 意见 in codes of `/quality/codes` (sides)."""

    person: int = Field(alias="发言人编号")
    side: str = Field(alias="意见", max_length=10)
    text: str = Field(alias="发言", max_length=TEXT)


class ConcludeIn(Words):
    """What the meeting came to."""

    text: str = Field(alias="会议意见", max_length=TEXT)


class RespondIn(Words):
    """What the bench does with it."""

    response: str = Field(alias="回复", max_length=6)
    text: str = Field("", alias="说明", max_length=TEXT)


def _matter(one: Matter) -> dict[str, Any]:
    return {
        "编号": one.pk, "会议": services.body_of(one.meeting).name, "会议编号": one.meeting.number,
        "日期": one.meeting.held_on, "案号": one.case.number, "结论日期": one.concluded_on,
        "审判组织回复": one.response,
    }  # fmt: skip


def _whole_matter(one: Matter) -> dict[str, Any]:
    book = load().appeals
    return _matter(one) | {
        "提交事由": book.name("grounds_of_meeting", one.ground), "提请讨论的问题": one.question,
        "合议庭意见": one.bench_opinion, "会议意见": one.conclusion, "回复说明": one.response_text,
        "发言": [
            {"姓名": voice.person.name, "意见": book.name("sides", voice.side), "发言": voice.text}
            for voice in one.voices.all()
        ],
    }  # fmt: skip


def _told(one: Meeting) -> dict[str, Any]:
    return {
        "编号": one.pk, "会议": services.body_of(one).name, "会议编号": one.number,
        "法院": one.court.name, "日期": one.held_on, "组成人数": one.size,
        "主持人": one.chair.name, "记录人": one.recorder.name, "状态": one.state,
    }  # fmt: skip


def _whole(who: Who, meeting_id: int) -> dict[str, Any]:
    one = _found(who, meeting_id)
    matters = selectors.matters(who.scope).filter(meeting=one).order_by("pk")
    seats = one.attendances.select_related("person")
    return _told(one) | {
        "最少出席": services.least_present(one, one.held_on),
        "参会人员": [
            {"人员编号": seat.person_id, "姓名": seat.person.name, "出席": seat.present}
            for seat in seats
        ],
        "议题": [_whole_matter(m) for m in matters.prefetch_related("voices__person")],
    }  # fmt: skip


def _by(who: Who) -> By:
    return By(who.person, who.access.acts, who.scope, who.now, who.today)


def _found(who: Who, meeting_id: int) -> Meeting:
    found: Meeting = get_object_or_404(selectors.meetings(who.scope), pk=meeting_id)
    return found


def _found_matter(who: Who, matter_id: int) -> Matter:
    found: Matter = get_object_or_404(selectors.matters(who.scope), pk=matter_id)
    return found


@ledger_router.get("", response=Page[MatterOut], summary="会议台账")
def ledger(request: HttpRequest, asked: Query[Part]) -> dict[str, Any]:
    """List the matters of meetings whose inner record is shown."""
    rows = selectors.matters(Who(request).scope).order_by("-meeting__held_on", "-pk")
    return page_of(rows, asked.start, asked.size, _matter)


@router.get("", response=Page[MeetingOut], summary="会议一览")
def meetings(request: HttpRequest, asked: Query[Part]) -> dict[str, Any]:
    """List the meetings one was called to and those on cases whose inner record is shown."""
    return page_of(selectors.meetings(Who(request).scope), asked.start, asked.size, _told)


@router.get("/{int:meeting_id}", response=WholeMeeting, summary="会议")
def meeting(request: HttpRequest, meeting_id: int) -> dict[str, Any]:
    """Return one meeting with the matters one may read."""
    who = Who(request)
    for one in selectors.matters(who.scope).filter(meeting=_found(who, meeting_id)):
        note_reading(one.case, actor=who.scope.actor, where="接口：会议", now=who.now)
    return _whole(who, meeting_id)


@router.post("", response={201: WholeMeeting}, summary="召集会议")
def call(request: HttpRequest, given: CallIn) -> Status[dict[str, Any]]:
    """Call a meeting of one's own court."""
    who = Who(request)
    wanted = {given.chair, given.recorder, *given.members}
    people = Person.objects.filter(court=who.person.court_id).in_bulk(list(wanted))
    if len(people) < len(wanted):
        raise HttpError(422, "参会人员须为本院人员")
    made = services.call(
        Call(given.body, given.number, given.held_on, given.size, people[given.chair],
             people[given.recorder], [people[pk] for pk in given.members]),
        by=_by(who),
    )  # fmt: skip
    return Status(201, _whole(who, made.pk))


@router.post("/{int:meeting_id}/matters", response={201: WholeMeeting}, summary="增加议题")
def put_on(request: HttpRequest, meeting_id: int, given: PutOnIn) -> Status[dict[str, Any]]:
    """Put a case on the agenda."""
    who = Who(request)
    who.token_for(*LEADS, *BENCH)
    found = _found(who, meeting_id)
    cases = inner_cases(who.scope).select_related("court", "undertaker")
    case = get_object_or_404(cases, pk=given.case)
    services.put_on(found, case, given.ground, given.question, given.bench_opinion, by=_by(who))
    return Status(201, _whole(who, meeting_id))


@router.post("/{int:meeting_id}/hold", response=WholeMeeting, summary="登记会议召开")
def hold(request: HttpRequest, meeting_id: int, given: PresentIn) -> dict[str, Any]:
    """Note who came; without a quorum there is no meeting."""
    who = Who(request)
    who.token_for(*LEADS, *BENCH)
    services.hold(_found(who, meeting_id), given.present, by=_by(who))
    return _whole(who, meeting_id)


@router.post("/matters/{int:matter_id}/voices", response=WholeMatter, summary="记录发言")
def speak(request: HttpRequest, matter_id: int, given: VoiceIn) -> dict[str, Any]:
    """Note one opinion; the minority's are kept too."""
    who = Who(request)
    who.token_for(*LEADS, *BENCH)
    found = _found_matter(who, matter_id)
    seats = found.meeting.attendances.select_related("person")
    seat = seats.filter(person=given.person).first()
    if seat is None:
        raise HttpError(409, "发言人没有参会")
    services.speak(found, seat.person, given.side, given.text, by=_by(who))
    return _whole_matter(_found_matter(who, matter_id))


@router.post("/matters/{int:matter_id}/conclude", response=WholeMatter, summary="形成会议意见")
def conclude(request: HttpRequest, matter_id: int, given: ConcludeIn) -> dict[str, Any]:
    """Conclude a matter once everyone present has spoken."""
    who = Who(request)
    who.token_for(*LEADS, *BENCH)
    services.conclude(_found_matter(who, matter_id), given.text, by=_by(who))
    return _whole_matter(_found_matter(who, matter_id))


@router.post(
    "/matters/{int:matter_id}/carry-over", response=WholeMatter, summary="登记未形成多数意见"
)
def carry_over(request: HttpRequest, matter_id: int, given: ConcludeIn) -> dict[str, Any]:
    """Note that a matter found no majority; another meeting may take it up."""
    who = Who(request)
    who.token_for(*LEADS, *BENCH)
    services.carry_over(_found_matter(who, matter_id), given.text, by=_by(who))
    return _whole_matter(_found_matter(who, matter_id))


@router.post("/matters/{int:matter_id}/respond", response=WholeMatter, summary="审判组织回复")
def respond(request: HttpRequest, matter_id: int, given: RespondIn) -> dict[str, Any]:
    """Say what the bench does with it."""
    who = Who(request)
    who.token_for(*BENCH)
    services.respond(_found_matter(who, matter_id), given.response, given.text, by=_by(who))
    return _whole_matter(_found_matter(who, matter_id))

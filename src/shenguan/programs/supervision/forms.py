"""Reading the program's forms; what they may hold comes from the rulebook and is checked by the services."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Refused
from shenguan.programs.supervision.answering import Answering, Held
from shenguan.programs.supervision.pages import file_of
from shenguan.programs.supervision.readings import DRAFT
from shenguan.programs.supervision.services_reading import Saying, Submission
from shenguan.rulebook import load

MOST_REMARKS = 6
MOST_TEXT = 5000


def read_submission(request: HttpRequest) -> Submission:
    """Read a submission: the draft is a file, or text written into the form."""
    post = request.POST
    draft = file_of(request, "draft", DRAFT)
    text = post.get("text", "").strip()
    if draft is None and text:
        draft = Paper(DRAFT, "文书.txt", text.encode())
    if draft is None:
        raise Refused("请上传拟签署的文书，或者把全文粘贴在文本框中")
    others = [file_of(request, f"file_{n}", post.get(f"kind_{n}", "其他材料")[:40]) for n in (1, 2)]
    return Submission(
        document=post.get("document", ""),
        draft=draft,
        proposed=post.getlist("proposed"),
        note=post.get("note", "")[:MOST_TEXT],
        others=[paper for paper in others if paper],
    )


def read_saying(request: HttpRequest) -> Saying:
    """Read an opinion with its remarks; an empty line is none."""
    post, kinds = request.POST, load().supervision.lists["remark_kinds"]
    remarks = []
    for number in range(1, MOST_REMARKS + 1):
        text = post.get(f"text_{number}", "").strip()[:MOST_TEXT]
        kind = post.get(f"kind_{number}", "")
        if text:
            place = post.get(f"place_{number}", "").strip()
            remarks.append((kind if kind in kinds else kinds[0], place, text))
    return Saying(post.get("kind", ""), remarks, post.get("digest", ""))


def read_answering(request: HttpRequest) -> Answering:
    """Read the answers by remark, the referral's result, and a new version."""
    post = request.POST
    answers = {
        int(key.removeprefix("answer_")): (
            str(value),
            post.get(key.replace("answer_", "reason_"), ""),
        )
        for key, value in post.items()
        if key.startswith("answer_") and key.removeprefix("answer_").isdigit()
    }
    draft = file_of(request, "draft", DRAFT)
    text = post.get("text", "").strip()
    if draft is None and text:
        draft = Paper(DRAFT, "文书.txt", text.encode())
    return Answering(answers, _held(request), draft)


def _held(request: HttpRequest) -> Held | None:
    post = request.POST
    if not post.get("result"):
        return None
    try:
        held_on = date.fromisoformat(post.get("held_on", ""))
    except ValueError as error:
        raise Refused("请填写日期") from error
    return Held(
        held_on=held_on,
        text=post.get("held_text", "")[:MOST_TEXT],
        result=post["result"],
        meeting=post.get("meeting", ""),
        approved_by=post.get("approved_by", ""),
    )

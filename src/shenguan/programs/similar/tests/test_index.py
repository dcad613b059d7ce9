import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from shenguan.core.similar.model import Entry, Filters, Question
from shenguan.programs.similar import spacefile
from shenguan.programs.similar.index import BrokenIndexError, Incoming, JudgmentIndex
from shenguan.programs.similar.records import pack, unpack
from shenguan.programs.similar.schema import draw

WORDS = Question(("驾驶", "轿车"))
ENTRY = Entry("甲", "饮酒 驾驶 轿车", causes=("危险驾驶罪",), judged_on=date(2024, 3, 1))
OTHER = Entry("乙", "窃取 手机 驾驶", causes=("盗窃罪",), level="中级")
FILLER = [Incoming(Entry(f"丙{n}", f"无关 之事 {n}")) for n in range(20)]


def filled(folder, *entries: Entry) -> JudgmentIndex:
    index = JudgmentIndex(folder)
    index.add([*map(Incoming, entries), *FILLER])
    return index


def ids(index: JudgmentIndex, question: Question) -> list[str]:
    return [each.entry.id for each in index.candidates(question, limit=10)]


def test_an_entry_comes_back_as_it_went_in(tmp_path):
    index = filled(tmp_path, ENTRY)
    assert index.get("甲") == ENTRY
    assert index.get("不存在") is None


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        Entry("", ""),
        Entry("id", "w", facts="a\nb", causes=("甲", "乙"), statutes=("刑法:264",)),
    ],
)
def test_a_record_keeps_every_field(entry):
    assert unpack(pack(entry)) == entry


def test_control_characters_in_a_text_cannot_part_a_record():
    assert unpack(pack(replace(ENTRY, facts="甲\x1f乙\x1e丙"))).facts == "甲 乙 丙"
    assert unpack(pack(replace(ENTRY, facts="坏\ud800字"))).facts == "坏?字"


def test_the_same_id_replaces_what_it_was_before_or_in_the_same_run(tmp_path):
    index = filled(tmp_path, ENTRY, replace(ENTRY, title="同批再次"))
    assert len(index) == 21
    index.add([Incoming(replace(ENTRY, words="殴打 邻居"))])
    assert len(index) == 21
    assert ids(index, WORDS) == []
    assert ids(index, Question(("邻居",))) == ["甲"]


def test_a_removed_judgment_is_found_no_more(tmp_path):
    index = filled(tmp_path, ENTRY, OTHER)
    index.remove(["甲"])
    assert ids(index, WORDS) == ["乙"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(causes=("盗窃罪",)), ["乙"]),
        (Filters(levels=("中级", "高级")), ["乙"]),
        (Filters(since=date(2024, 3, 1), until=date(2024, 3, 1)), ["甲"]),
        (Filters(since=date(2024, 3, 2)), []),
        (Filters(until=date(2024, 2, 29)), []),
        (Filters(courts=("示范法院",)), []),
    ],
)
def test_filters_narrow_inclusively(tmp_path, filters, found):
    assert ids(filled(tmp_path, ENTRY, OTHER), replace(WORDS, filters=filters)) == found


def test_the_known_cause_lifts_but_does_not_enter_the_word_score(tmp_path):
    index = filled(tmp_path, ENTRY, OTHER)
    plain = {c.entry.id: c.bm25 for c in index.candidates(WORDS, limit=10)}
    with_cause = index.candidates(replace(WORDS, causes=("盗窃罪",)), limit=10)
    assert [c.entry.id for c in with_cause] == ["乙", "甲"]
    assert {c.entry.id: c.bm25 for c in with_cause} == pytest.approx(plain)


def test_a_pool_is_ranked_whole_even_where_nothing_matches(tmp_path):
    index = filled(tmp_path, ENTRY, OTHER)
    found = index.candidates(WORDS, limit=10, among=["丙1", "甲", "不存在"])
    assert [c.entry.id for c in found] == ["甲", "丙1"]
    assert found[1].bm25 == 0.0


def test_the_case_itself_is_never_found(tmp_path):
    assert ids(filled(tmp_path, ENTRY, OTHER), replace(WORDS, without=frozenset("甲"))) == ["乙"]


def test_an_empty_index_finds_nothing(tmp_path):
    assert JudgmentIndex(tmp_path).candidates(WORDS, limit=5) == []


def test_a_second_writer_is_refused(tmp_path):
    index = filled(tmp_path, ENTRY)

    def rows():
        with pytest.raises(ValueError, match=r"[Ll]ock"):
            JudgmentIndex(tmp_path).add([Incoming(OTHER)])
        yield Incoming(OTHER)

    index.add(rows())
    assert len(index) == 22


def test_judgments_are_listed_by_filters_alone_the_latest_first(tmp_path):
    later = replace(ENTRY, id="丁", judged_on=date(2025, 3, 1))
    index = filled(tmp_path, ENTRY, later, OTHER)
    total, found = index.matching(Filters(causes=("危险驾驶罪",)), 10)
    assert (total, [each.id for each in found]) == (2, ["丁", "甲"])
    assert index.matching(Filters(causes=("没有此罪",)), 10) == (0, [])
    assert index.matching(Filters(), 10) == (0, [])


def test_an_appeal_is_found_from_the_decision_it_reviews(tmp_path):
    below = replace(ENTRY, court="示范区法院", number="（2024）示0102刑初1号")
    index = filled(tmp_path, below, replace(OTHER, cites=(below.key,)))
    assert [each.id for each in index.citing(below.key)] == ["乙"]
    assert index.citing("示范区法院 （2024）示0102刑初2号") == []


def test_an_entry_is_addressed_by_its_draw_number(tmp_path):
    index = filled(tmp_path, ENTRY)
    assert index.drawn(draw("甲")) == [ENTRY]
    assert index.drawn(1) == []


CRASH = """
import os, sys
from pathlib import Path
from shenguan.core.similar.model import Entry
from shenguan.programs.similar.index import Incoming, JudgmentIndex
def rows():
    for n in range(100):
        if n == 70:
            os._exit(9)
        yield Incoming(Entry(f"新{n}", "饮酒 驾驶"))
JudgmentIndex(Path(sys.argv[1])).add(rows(), commit_every=30)
"""


def test_what_was_committed_outlives_a_crash_and_the_rest_can_be_added_again(tmp_path):
    filled(tmp_path, ENTRY)
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], check=False)
    assert done.returncode == 9
    index = JudgmentIndex(tmp_path)
    assert len(index) == 21 + 60
    assert index.get("甲") == ENTRY
    assert index.get("新59") is not None
    index.add(Incoming(Entry(f"新{n}", "饮酒 驾驶")) for n in range(100))
    assert len(index) == 121
    assert index.get("新99") == Entry("新99", "饮酒 驾驶")


KILLED = """
import os, signal, sys
from pathlib import Path
from shenguan.core.similar.model import Entry
from shenguan.programs.similar import index as module, spacefile
from shenguan.programs.similar.index import Incoming, JudgmentIndex
from shenguan.programs.similar.records import Records

def kill(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

step = sys.argv[2]
if step == "记录已写索引未提交":
    written = Records.sync
    Records.sync = lambda self: (written(self), kill())
elif step == "记录写了一半":
    Records.sync = kill
elif step == "提交之后合并之前":
    committed = JudgmentIndex._commit
    JudgmentIndex._commit = lambda self, writer: (committed(self, writer), kill())
elif step == "学习空间未换上":
    Path.replace = kill
rows = (Incoming(Entry(f"新{n}", f"饮酒 驾驶 词{n % 7}")) for n in range(60))
JudgmentIndex(Path(sys.argv[1])).add(rows)
"""


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        ("记录写了一半", 0),
        ("记录已写索引未提交", 0),
        ("提交之后合并之前", 60),
        ("学习空间未换上", 60),
    ],
)
def test_killed_at_any_step_it_opens_and_is_finished_by_doing_it_again(tmp_path, step, kept):
    filled(tmp_path, ENTRY)
    (tmp_path / "space.npz").unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), step], check=False, capture_output=True
    )
    assert done.returncode == -9, done.stderr
    index = JudgmentIndex(tmp_path)
    assert len(index) == 21 + kept
    assert index.get("甲") == ENTRY
    index.add(Incoming(Entry(f"新{n}", f"饮酒 驾驶 词{n % 7}")) for n in range(60))
    assert len(index) == 81
    assert index.get("新59") == Entry("新59", "饮酒 驾驶 词3")


def test_an_index_of_another_version_is_refused_with_a_reason(tmp_path):
    filled(tmp_path, ENTRY)
    (tmp_path / "shenguan.json").write_text(json.dumps({"version": 0}), encoding="utf-8")
    with pytest.raises(BrokenIndexError, match="版本"):
        JudgmentIndex(tmp_path)


def test_a_damaged_space_file_is_as_if_there_were_none(tmp_path, index):
    assert spacefile.learned_from(index.folder) == len(index)
    (tmp_path / "space.npz").write_bytes(b"PK\x03\x04 broken")
    assert spacefile.read(tmp_path) is None
    assert spacefile.learned_from(tmp_path) == 0

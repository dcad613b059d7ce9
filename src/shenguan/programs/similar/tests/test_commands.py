import json

import pytest
from click.testing import CliRunner

from shenguan.programs.similar.commands import similar
from shenguan.programs.similar.tests import factories


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path / "home"))

    def invoke(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(similar, list(arguments))
        assert result.exit_code == code, result.output
        return result.output

    return invoke


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "文书.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in factories.library()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_judgments_are_indexed_and_asked_by_number(run, corpus):
    with corpus.open("a", encoding="utf-8") as lines:
        lines.write("\n{坏行")
    output = run("index", str(corpus))
    assert "加入 24 份" in output
    assert "文书.jsonl 第25行" in output
    hits = json.loads(run("query", "--case", "(2024)示0102刑初3号", "--format", "json"))
    assert [hit["causes"] for hit in hits] == 7 * [["危险驾驶罪"]]


def test_a_text_is_asked_and_answered_for_the_eye(run, corpus, tmp_path):
    run("index", str(corpus))
    (tmp_path / "案情.txt").write_text("深夜翻墙进入住宅窃取手机", encoding="utf-8")
    output = run("query", "--text", str(tmp_path / "案情.txt"), "--limit", "2")
    assert "相同要素：入户" in output
    assert "未检索到类案" in run("query", "--words", "窃取手机", "--since", "2030-01-01")


def test_faulty_requests_are_told_in_chinese(run, corpus, tmp_path):
    run("index", str(corpus))
    assert "索引中没有该案" in run("query", "--case", "（2024）示0102刑初999号", code=1)
    assert "给出一项" in run("query", code=2)
    assert "文件不存在" in run("query", "--text", str(tmp_path / "无.txt"), code=1)
    assert "文件不存在" in run("index", str(tmp_path / "无.jsonl"))


def test_evaluation_prints_ours_beside_plain_bm25(run, corpus, tmp_path):
    query = {
        "id": "查询1",
        "text": "饮酒后驾驶轿车，血液乙醇含量超标",
        "crimes": ["危险驾驶罪"],
        "pool": ["危险驾驶罪1", "盗窃罪101", "故意伤害罪201"],
        "grades": {"危险驾驶罪1": 3, "盗窃罪101": 0, "池外": 3},
        "relevant": ["危险驾驶罪1"],
    }
    path = tmp_path / "查询.jsonl"
    path.write_text(json.dumps(query, ensure_ascii=False), encoding="utf-8")
    arguments = ("evaluate", "--queries", str(path), "--documents", str(corpus))
    report = json.loads(run(*arguments, "--format", "json"))
    assert report["queries"] == 1
    assert report["own_judgments_removed"] == 0
    for system in ("ours", "ours_no_cause", "bm25"):
        assert set(report[system]) == {"ndcg@10", "ndcg@20", "ndcg@30", "p@5", "p@10", "map"}
        assert report[system]["map"] == 0.5
    assert "ours_no_cause" in run(*arguments)


def test_the_querys_own_judgment_is_taken_out_and_counted(run, corpus, tmp_path):
    own = factories.judgment("盗窃罪", 101)["text"]
    facts = own[own.index("被告人乙某") : own.index("抓获归案")]
    query = {
        "id": 1,
        "text": facts,
        "pool": ["盗窃罪101", "盗窃罪102"],
        "grades": {"盗窃罪101": 3, "盗窃罪102": 3},
    }
    path = tmp_path / "查询.jsonl"
    path.write_text(json.dumps(query, ensure_ascii=False), encoding="utf-8")
    arguments = ("--queries", str(path), "--documents", str(corpus), "--format", "json")
    report = json.loads(run("evaluate", *arguments))
    assert report["own_judgments_removed"] >= 1

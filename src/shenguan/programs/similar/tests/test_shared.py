"""The targets on the shared labelled queries: cross-validated, beside plain BM25."""

import os
from pathlib import Path

import pytest

from shenguan import rulebook
from shenguan.programs.similar.commands import incoming, make_reader
from shenguan.programs.similar.evaluate import evaluate
from shenguan.programs.similar.index import JudgmentIndex
from shenguan.programs.similar.reading import rows
from shenguan.rulebook.loaders import similar as loader

BESIDE = Path(__file__).resolve().parents[6] / "shared"
FOLDER = Path(os.environ.get("SHENGUAN_SHARED") or BESIDE) / "data" / "similar"


@pytest.mark.judgments
def test_the_shared_queries_reach_their_targets(tmp_path):
    if not FOLDER.is_dir():
        pytest.skip(f"shared queries are missing: {FOLDER}")
    reader = make_reader()
    index = JudgmentIndex(tmp_path)
    index.add(incoming([FOLDER / "lecard_documents.jsonl.xz"], reader))
    queries = [row for _, row in rows(FOLDER / "lecard_queries.jsonl.xz") if row]
    report = evaluate(queries, index, reader, loader.load(rulebook.DATA))
    assert report["out_of_fold"] == report["queries"] == 72
    ours = report["ours"]
    assert ours["ndcg@10"] >= 0.86
    assert ours["ndcg@30"] >= 0.925
    assert ours["map"] >= 0.63
    assert ours["p@5"] >= 0.53
    assert report["ours_no_cause"]["ndcg@10"] >= 0.80
    assert report["bm25"]["ndcg@10"] < report["ours_no_cause"]["ndcg@10"]


@pytest.mark.judgments
def test_appeals_and_retrials_are_linked_to_the_decision_below():
    if not FOLDER.is_dir():
        pytest.skip(f"shared judgments are missing: {FOLDER}")
    reader, linked, all_of = make_reader(), 0, 0
    paths = [FOLDER / "lecard_documents.jsonl.xz"]
    paths += sorted((FOLDER.parent / "judgments").glob("*.jsonl.xz"))
    for path in paths:
        for place, row in rows(path):
            if row and any(mark in str(row["text"])[:400] for mark in "终再提抗"):
                entry = reader.incoming(row, place).entry
                if entry.instance in ("二审", "再审"):
                    all_of += 1
                    linked += bool(entry.cites)
    assert all_of > 900
    assert linked / all_of >= 0.98

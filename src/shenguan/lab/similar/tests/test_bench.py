from shenguan.lab.similar import bench, corpus


def test_the_bench_yields_its_lines_without_shared_judgments(monkeypatch, tmp_path):
    monkeypatch.setattr(corpus, "shared_folder", lambda: None)
    monkeypatch.setattr(corpus, "_VOCABULARY", 2_000)
    monkeypatch.setattr(bench, "QUERIES", 12)
    monkeypatch.setattr(bench, "_AGAINST", 50)
    monkeypatch.setattr(bench, "_TEXT_CHARACTERS", 20_000)
    lines = list(bench.run(60))
    assert lines[0]["name"] == "类案:建索引"
    assert all(set(each) >= {"name", "ours", "against", "ratio", "unit", "n"} for each in lines)
    assert all(each["ours"] > 0 for each in lines)


def test_synthetic_documents_are_of_the_wanted_length(monkeypatch):
    monkeypatch.setattr(corpus, "_VOCABULARY", 2_000)
    made = list(corpus.entries(corpus._invented(0), 40))
    mean = sum(len(entry.words.split()) for entry in made) / len(made)
    assert abs(mean - corpus.LENGTH) < 60

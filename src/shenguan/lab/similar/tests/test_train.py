import numpy as np

from shenguan.lab.similar.train import Example, fit, learn, score

PRIOR = {"useful": 0.1, "noise": 0.1}


def example(seed: int) -> Example:
    random = np.random.default_rng(seed)
    labels = random.integers(0, 4, 20).astype(float)
    features = {"useful": labels + random.normal(0, 0.3, 20), "noise": random.normal(0, 3, 20)}
    ids = [f"{seed}-{n}" for n in range(20)]
    grades = {key: int(label) for key, label in zip(ids, labels, strict=True)}
    return Example(features, labels, ids, grades, str(seed))


def test_the_useful_feature_gains_weight():
    weights = fit([example(seed) for seed in range(8)], PRIOR)
    assert weights["useful"] > PRIOR["useful"]
    assert weights["useful"] > 3 * abs(weights["noise"])


def test_learned_weights_rank_unseen_queries_better():
    weights = fit([example(seed) for seed in range(8)], PRIOR)
    unseen = [example(seed) for seed in range(100, 108)]
    before, after = (score(unseen, w) for w in (PRIOR, weights))
    assert sum(r["ndcg@10"] or 0 for r in after) > sum(r["ndcg@10"] or 0 for r in before)


def test_every_query_is_kept_out_of_exactly_one_fold(monkeypatch):
    features = ("bm25", "latent", "cause", "likely_cause", "elements")
    examples = []
    for seed in range(10):
        made = example(seed)
        full = dict.fromkeys(features, made.features["useful"])
        examples.append(Example(full, made.labels, made.ids, made.grades, made.fingerprint))
    held = learn({"known": examples, "unknown": examples})
    kept = [query for fold in held["folds"] for query in fold["queries"]]
    assert sorted(kept) == sorted(str(seed) for seed in range(10))
    assert all(set(fold) == {"queries", "known", "unknown"} for fold in held["folds"])

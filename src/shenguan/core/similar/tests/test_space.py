import numpy as np

from shenguan.core.similar.space import learn

DRINK = "酒后 驾驶 轿车 血液 乙醇 含量"
THEFT = "秘密 窃取 手机 财物 价值 销赃"


def texts() -> list[str]:
    words = [DRINK.split(), THEFT.split()]
    random = np.random.default_rng(0)
    return [" ".join(random.choice(words[n % 2], 4, replace=False)) for n in range(60)]


def test_words_that_stand_together_lie_close_though_never_in_one_question():
    space = learn(texts(), dimensions=2)
    assert space is not None
    asked = space.vector(["酒后"])
    drink, theft = space.vectors([["乙醇", "含量"], ["手机", "销赃"]]) @ asked
    assert drink > 0.5 > theft


def test_learning_is_repeatable():
    first, second = learn(texts()), learn(texts())
    assert first is not None
    assert second is not None
    assert np.array_equal(first.axes, second.axes)


def test_too_few_texts_give_no_space():
    assert learn([]) is None
    assert learn(["酒后 驾驶"]) is None


def test_a_text_without_known_words_has_no_direction():
    space = learn(texts())
    assert space is not None
    assert not space.vector(["陌生"]).any()
    assert not space.vector([]).any()
    assert space.vectors([]).shape == (0, space.dimensions)

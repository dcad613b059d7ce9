from shenguan.lab.similar import bench_civil

GOODS = ("锅炉", "电缆", "苗木", "门窗", "轮胎", "布料")
JUDGMENT = """示范市示范区人民法院
民事判决书
（2024）示0102民初{serial}号
原告示范某{goods}有限公司。
被告拟构某商贸有限公司。
原告示范某{goods}有限公司与被告拟构某商贸有限公司买卖合同纠纷一案，本院于2024年3月1日立案后，依法公开开庭进行了审理。本案现已审理终结。
原告诉称，双方订立{goods}买卖合同，原告交付{goods}以后被告拒绝支付{goods}价款，经多次催告仍未履行。{pad}
经审理查明，原告按照合同交付{goods}，被告验收{goods}以后没有支付{goods}价款，以上有送货单在案佐证。{pad}
本院认为，被告应当支付价款。依照《中华人民共和国民法典》第六百二十六条的规定，判决如下：
被告于本判决生效之日起十日内支付价款。
审判员　示范甲
"""


def test_pleadings_find_the_facts_of_their_own_judgment(monkeypatch):
    pad = "双方对上述经过各有陈述，往来函件、对账记录和付款凭证均已提交，没有其他补充。" * 3
    rows = [
        {"id": str(n), "text": JUDGMENT.format(serial=n + 1, goods=goods, pad=pad)}
        for n, goods in enumerate(GOODS)
    ]
    monkeypatch.setattr(bench_civil, "documents", lambda _name: rows)
    first, among_ten = bench_civil.run()
    assert first["n"] == len(GOODS)
    assert first["ours"] >= 0.5
    assert among_ten["ours"] == 1.0

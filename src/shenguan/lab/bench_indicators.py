"""`shenguan bench indicators`: the compiler and the cube against other ways of getting the same numbers.

Facts come from the vectorised generator (not timed) as Parquet; both sides of a line read the same files. What
must hold per line is written beside it as `must`, on `ratio` = ours ÷ against unless it says otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from shenguan import rulebook
from shenguan.core.indicator.compile import cube, drill, rollup
from shenguan.core.indicator.compile.cube import Pass, passes_of
from shenguan.core.indicator.compile.months import month_of
from shenguan.core.indicator.compile.overdue import overdue_changes
from shenguan.core.indicator.compile.sql import Filters, column
from shenguan.core.indicator.compile.stock import stock_changes
from shenguan.core.indicator.grain import PILOT
from shenguan.core.indicator.model import Atom, Library
from shenguan.core.indicator.period import Period, day_number, last_of
from shenguan.core.indicator.reading import read_atom, read_indicator
from shenguan.lab import bench_sql, postgres
from shenguan.lab.measure import Pair, alternate, cpu_seconds, line
from shenguan.lab.vectorised import World, write
from shenguan.rulebook.loaders.atoms import scopes_of
from shenguan.spine.indicators import changes, store
from shenguan.spine.indicators.arrow import digest
from shenguan.spine.indicators.engines import ENGINES, Engine, EngineMissing, engine
from shenguan.spine.indicators.plan import Plan, Wanted
from shenguan.spine.indicators.sources import CubeSource, FactSource

SIZE = 1_000_000
COURT = ("court",)
JUDGE = ("court", "division", "judge")
CHANGED = 10_000
RIVALS_MEMORY = "6GB"
CASES_A_COURT = 25_000
YEAR_TO_DATE = Period.parse("2025-01..2025-10")
Files = dict[str, list[str]]


def benchmark_atoms() -> list[Atom]:
    """Return the named set of 37 atoms."""
    facts = rulebook.load().facts
    scopes = scopes_of(rulebook.DATA, None)
    path = Path(__file__).with_name("benchmark_atoms.yaml")
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        read_atom(code, {"name": code, "meaning": code, **entry}, facts, scopes, path.name)
        for code, entry in entries.items()
    ]


def benchmark_library() -> Library:
    """Return the 37 atoms with 26 rates over them."""
    atoms = {atom.code: atom for atom in benchmark_atoms()}
    upper = [code for code in atoms if code.startswith("closed_")][:25]
    official = {"source": "基准", "status": "local"}
    version = {"regime": "bench", "valid_from": "2000-01-01", "official": official}
    say = {"numerator": "上", "denominator": "下", "rule": "基准"}
    indicators = {}
    for code in (*upper, "filed_civil"):
        lower = "filed" if code.startswith("filed") else "closed"
        parts = {**version, "say": say, "numerator": code, "denominator": lower}
        kind = {"class": "基础", "kind": "ratio", "unit": "percent", "versions": [parts]}
        entry = {"name": f"{code}率", "meaning": code, **kind}
        indicators[f"{code}_rate"] = read_indicator(f"{code}_rate", entry, "bench")
    return Library(atoms, indicators)


@dataclass
class Bench:
    """One set of files and what is measured on it."""

    files: Files
    n: int
    home: Path
    courts: int
    judges: int

    def facts(self, memory: str = "", threads: int | None = None) -> Engine:
        """Return an engine that knows the files; `memory` lifts its limit, so that a rival isn't short of it."""
        made = engine("duckdb", threads=threads)
        if memory:
            made.connection.execute(f"SET memory_limit = '{memory}'")  # type: ignore[attr-defined]
        for name, paths in self.files.items():
            made.put_parquet(paths, f"fact_{name}")
        return made


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the lines; `n` cases (1,000,000 by default) in courts of 25,000 cases and 50 judges, 400 at most."""
    size = n or SIZE
    courts = max(2, min(400, size // CASES_A_COURT))
    with TemporaryDirectory() as folder:
        home = Path(folder)
        files = write(World(size, courts=courts), home / "facts")
        bench = Bench(files, size, home, courts, 50)
        for part in (_passes, _levels, _overdue, _building, _asking, _changing, _engines):
            yield from part(bench)


def _passes(bench: Bench) -> Iterator[dict[str, Any]]:
    made, atoms = bench.facts(RIVALS_MEMORY), benchmark_atoms()
    connection = made.connection  # type: ignore[attr-defined]

    def by_hand(texts: list[str]) -> None:
        for text in texts:
            connection.sql(text).to_arrow_table()

    for name, keys in (("法院", COURT), ("法官", JUDGE)):
        trees = [cube.cube(fused, keys) for fused in passes_of(atoms)]
        texts = bench_sql.fused(keys, "fact_case")
        pair = alternate(partial(_all, made, trees), partial(by_hand, texts))
        rate: dict[str, Any] = {"rows_per_cpu_second": round(bench.n / pair.ours)}
        yield line(f"编译的汇总÷手写({name})", pair, n=bench.n, must="≤ 1.2", **rate)
        texts = bench_sql.one_by_one(keys, "fact_case")
        pair = alternate(partial(_all, made, trees), partial(by_hand, texts), runs=3)
        yield line(f"一遍汇总÷逐项查询({name})", pair, n=bench.n, must="≤ 0.33")


def _all(made: Engine, trees: list[Any]) -> None:
    for tree in trees:
        made.run(tree)


def _levels(bench: Bench) -> Iterator[dict[str, Any]]:
    """Four levels, and sixteen tables (each level plain and by line, instance, procedure), against GROUPING SETS.

    On one thread: threads sharing a large table of groups cost both sides time that isn't the method's.
    """
    made = bench.facts(RIVALS_MEMORY, threads=1)
    connection = made.connection  # type: ignore[attr-defined]
    (fused,) = passes_of([a for a in benchmark_atoms() if a.code in bench_sql.CLOSED])
    for name, lines in (("四级", ()), ("四级各四种分类共十六张表", bench_sql.LINES[1:])):
        built = partial(_level_0, made, fused, lines)
        rolled = partial(_rolled, made, fused, lines)
        built()
        text = bench_sql.grouping_sets("fact_case", ((), *lines))
        pair = alternate(rolled, lambda text=text: connection.sql(text).to_arrow_table(), runs=3)  # type: ignore[misc]
        title = f"{name}由汇总逐级得出÷GROUPING SETS"
        yield line(title, pair, n=bench.n, must="≤ 0.5")
        whole = Pair(pair.ours + alternate(built, runs=3).ours, pair.against)
        yield line(f"{title}(连同建立汇总)", whole, n=bench.n)


Lines = tuple[tuple[str, ...], ...]


def _level_0(made: Engine, fused: Pass, lines: Lines) -> None:
    keys = tuple(key for own in lines for key in own)
    made.keep(cube.cube(fused, (*JUDGE, *keys)), "level_0")


def _rolled(made: Engine, fused: Pass, lines: Lines) -> None:
    """Make each table from the smallest one that has its keys."""
    keys = tuple(key for own in lines for key in own)
    for step, level in enumerate(bench_sql.LEVELS):
        if step:
            tree = rollup.level(f"level_{step - 1}", fused.codes, (*level, *keys))
            made.keep(tree, f"level_{step}")
        plain = f"level_{step}"
        for own in reversed(lines):  # the last, by line, has the fewest rows
            plain = f"by_{own[0]}"
            made.keep(rollup.level(f"level_{step}", fused.codes, (*level, *own)), plain)
        made.run(rollup.level(plain, fused.codes, level))


def _overdue(bench: Bench) -> Iterator[dict[str, Any]]:
    """Overdue at 24 month-ends: by the facts' due date, by pauses without recursion, by joining each day."""
    made = bench.facts(RIVALS_MEMORY)
    connection = made.connection  # type: ignore[attr-defined]
    months = range(2024 * 12, 2026 * 12)
    ends = [day_number(last_of(month)) for month in months]
    enters = month_of(column("due") + 1)
    paused = made.text(
        overdue_changes("fact_case", "fact_interval", enters, "closed_on", "closed_month")
    )
    stocks = made.text(stock_changes(passes_of([_overdue_atom()])[0], ()))
    text = bench_sql.overdue_by_join(ends, "fact_case", "fact_interval")

    def ours(tree: str) -> list[int]:
        rows = zip(*(c.to_pylist() for c in made.fetch(tree).columns), strict=True)
        changes = sorted(rows)
        return [sum(n for at, n in changes if at <= month) for month in months]

    theirs = [n for _, n in connection.sql(text).fetchall()]
    if not ours(stocks) == ours(paused) == theirs:
        raise AssertionError("月末超审限数与逐月连接不一致")
    pair = alternate(lambda: ours(stocks), lambda: connection.sql(text).fetchall(), runs=3)
    yield line("二十四个月末超审限÷逐月连接", pair, n=bench.n, must="≤ 0.067")
    again = Pair(alternate(lambda: ours(paused), runs=3).ours, pair.against)
    yield line("二十四个月末超审限(由期间重算)÷逐月连接", again, n=bench.n)


def _overdue_atom() -> Atom:
    facts, scopes = rulebook.load().facts, scopes_of(rulebook.DATA, None)
    stock = {"from": "审限届满日", "to": "报结日", "after": {"days": 0}}
    entry = {"name": "overdue", "meaning": "超审限", "stock": stock}
    return read_atom("overdue", entry, facts, scopes, "bench")


def _building(bench: Bench) -> Iterator[dict[str, Any]]:
    """Build in a process of its own, so that its peak memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
        spent, peak = one.submit(_build_alone, bench, True).result()
    yield line("建立三十七原子汇总", Pair(spent, None), n=bench.n)
    yield line("峰值内存(三十七原子)", Pair(peak, None), n=bench.n, unit="GB", must="≤ 1")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
        spent, peak = one.submit(_build_alone, bench, False).result()
    if spent:
        yield line("建立全库汇总", Pair(spent, None), n=bench.n)
        yield line("峰值内存(全库)", Pair(peak, None), n=bench.n, unit="GB", must="≤ 1.5")


def _build_alone(bench: Bench, benchmark: bool) -> tuple[float, float]:
    """Return CPU-seconds and peak GB of building the cube; 0 where the library has no atoms."""
    library = benchmark_library() if benchmark else rulebook.load().library
    if not library.atoms:
        return 0.0, 0.0
    made = bench.facts()
    _empty_tables(made)
    home = bench.home / ("benchmark" if benchmark else "library")
    home.mkdir(exist_ok=True)
    before = cpu_seconds()
    store.build(home, made, library, position=1)
    spent = cpu_seconds() - before
    return spent, _peak_gigabytes()


def _peak_gigabytes() -> float:
    """Peak of this process alone; `ru_maxrss` would begin with that of the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024**2


def _empty_tables(made: Engine) -> None:
    from shenguan.spine.facts.schema import schemas

    for name, schema in schemas().items():
        if name not in {"case", "interval"}:
            made.put(schema.empty_table(), f"fact_{name}")


def _cube(bench: Bench) -> tuple[Library, CubeSource, FactSource]:
    library, facts = benchmark_library(), FactSource(bench.facts())
    manifest = store.read_manifest(bench.home / "benchmark")
    assert manifest is not None
    passes = store.open_cube(bench.home / "benchmark", manifest, facts.engine)
    return library, CubeSource(facts.engine, passes, facts), facts


def _asking(bench: Bench) -> Iterator[dict[str, Any]]:
    library, source, facts = _cube(bench)

    def page(dimensions: tuple[str, ...], filters: Filters) -> None:
        now = [Wanted(i, i.versions[0], YEAR_TO_DATE) for i in library.indicators.values()]
        before = [Wanted(w.indicator, w.version, YEAR_TO_DATE.last_year()) for w in now]
        plan = Plan(library, now + before)
        plan.ask(source, dimensions, filters)
        for want in plan.wanted:
            plan.figures(want)

    title = f"二十六项×{bench.courts}个法院年初至今及同比 p95"
    yield _page_line(title, lambda: page(COURT, Filters()), bench.n, "≤ 100")
    one_court = Filters({"court": [bench.courts // 2 + 1]})
    yield _page_line("一个法院五十名法官 p95", lambda: page(("judge",), one_court), bench.n, "≤ 20")
    tree = drill.cases(library.atoms["closed_timely"], YEAR_TO_DATE, one_court, limit=50)
    yield _page_line("下钻第一页 p95", lambda: facts.engine.run(tree), bench.n, "≤ 150")


def _page_line(name: str, work: Callable[[], object], n: int, must: str) -> dict[str, Any]:
    """Wall milliseconds at the 95th percentile; `cpu_ms` is the median in CPU time, which neighbours don't blur."""
    work()
    walls, spent = [], []
    for _ in range(40):
        wall, before = perf_counter(), cpu_seconds()
        work()
        walls.append((perf_counter() - wall) * 1000)
        spent.append((cpu_seconds() - before) * 1000)
    pair = Pair(quantiles(walls, n=20)[-1], None)
    return line(name, pair, n=n, unit="ms", must=must, cpu_ms=round(median(spent), 1))


def _changing(bench: Bench) -> Iterator[dict[str, Any]]:
    library = benchmark_library()
    home = bench.home / "benchmark"
    before = _changed_rows(bench)
    timely = before.column_names.index("in_time")
    after = before.set_column(timely, before.schema.field("in_time"), _all_true(before.num_rows))
    made = bench.facts()
    _empty_tables(made)
    rebuilt = bench.home / "rebuilt"
    rebuilt.mkdir(exist_ok=True)
    pair = alternate(
        lambda: changes.update(home, library, {"case": before}, {"case": after}, position=2),
        lambda: store.build(rebuilt, made, library, position=2),
        runs=3,
    )
    yield line(f"{CHANGED}件变化入汇总÷重建", pair, n=bench.n, must="≤ 0.05")
    small = bench.home / "small"
    small.mkdir(exist_ok=True)
    first = Bench({name: paths[:1] for name, paths in bench.files.items()}, 0, bench.home, 1, 1)
    made = first.facts()
    _empty_tables(made)
    store.build(small, made, library, position=2)
    pair = alternate(
        lambda: changes.update(home, library, {"case": before}, {"case": after}, position=2),
        lambda: changes.update(small, library, {"case": before}, {"case": after}, position=2),
    )
    title = f"{CHANGED}件变化入全部案件的汇总÷入首个文件的汇总"
    yield line(title, pair, n=bench.n, must="≤ 1.2")


def _changed_rows(bench: Bench) -> pa.Table:
    """Rows of changed cases, taken evenly from all courts."""
    each = -(-CHANGED // len(bench.files["case"]))
    parts = []
    for path in bench.files["case"]:
        table = pq.read_table(path)
        step = max(1, table.num_rows // each)
        parts.append(table.take(pa.array(range(0, table.num_rows, step)[:each])))
    return pa.concat_tables(parts)


def _all_true(rows: int) -> pa.Array:
    return pa.array([True] * rows)


def _engines(bench: Bench) -> Iterator[dict[str, Any]]:
    """The whole cube at judge grain on every engine that is there, on the first file."""
    table = pq.read_table(bench.files["case"][0])
    fused = passes_of(benchmark_atoms())
    found, missing = {}, {}
    with _postgres() as address:
        for name in ENGINES:
            try:
                made = engine(name, **({"dsn": address} if name == "postgres" else {}))
            except EngineMissing as why:
                missing[name] = str(why)
                continue
            made.put(table, "fact_case")
            found[name] = _digests(made, fused)
    same = len(set(found.values())) == 1
    equal = Pair(float(len(found) if same else 0), float(len(found)))
    extra: dict[str, Any] = {"must": "= 1", "engines": sorted(found), "missing": missing}
    yield line("结果摘要相同的引擎", equal, n=table.num_rows, unit="个", **extra)


@contextmanager
def _postgres() -> Iterator[str]:
    """Yield the address of the installation's PostgreSQL, else of one to throw away, else none."""
    stated, programs = os.environ.get("SHENGUAN_DATABASE", ""), postgres.server_programs()
    if stated.startswith("postgres"):
        yield stated
    elif programs is None:
        yield ""
    else:
        with postgres.throw_away_server(programs) as address:
            yield address


def _digests(made: Engine, fused: list[Pass]) -> str:
    return " ".join(digest(made.run(cube.cube(one, PILOT))) for one in fused)

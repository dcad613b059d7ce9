#!/usr/bin/env python3
"""The one command: set everything up and run, test, pack or ask 审管 Shenguan.

`python3 start.py` runs the platform, `python3 start.py test` passes the tests. Needs only the
standard library and never root. Written so that even an old Python can read it and say what is
missing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
USAGE = """python3 start.py [选项] [命令]

  (无命令)                       安装环境，建立示范数据，启动网页服务
  setup                          只安装环境
  cli 参数…                      运行 shenguan 命令
  test [quick|full|drill] [参数…] 运行检查与测试(默认 full，其余参数交给 pytest)
  bundle --arch x86_64|aarch64   制作离线安装包
  lock                           重新锁定依赖版本(需要 uv)"""


def arguments(argv: list[str]) -> argparse.Namespace:
    """Split the command line into options of this script, a command and what is passed on to it."""
    parser = argparse.ArgumentParser(prog="start.py", usage=USAGE, add_help=True)
    parser.add_argument("--offline", metavar="FILE", help="从离线安装包安装，不访问网络")
    parser.add_argument("--home", metavar="DIR", help="数据目录(默认 var/)")
    parser.add_argument("--port", type=int, default=8000, help="网页端口(默认 8000，被占用时另选)")
    parser.add_argument("--no-demo", action="store_true", help="不建立示范数据")
    parser.add_argument("command", nargs="?", default="run", metavar="命令")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def use_supported_python() -> None:
    """Hand over to a Python of a supported version when this one is not."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which("python3.%d" % minor)  # noqa: UP031 - an old Python must read this
        if other:
            os.execv(other, [other, *sys.argv])
    sys.exit("审管需要 Python 3.11 至 3.13，本机为 %d.%d。" % sys.version_info[:2])  # noqa: UP031


def dispatch(options: argparse.Namespace) -> int:
    """Run the command asked for and return its exit code."""
    from tools import bundle, checks, environment, serve

    if options.home:
        os.environ["SHENGUAN_HOME"] = os.path.abspath(options.home)
    os.environ.setdefault("SHENGUAN_HOME", str(environment.ROOT / "var"))
    if options.offline:
        bundle.install(options.offline)
    if options.command == "run":
        environment.ensure("base")
        return serve.run(port=options.port, demo=not options.no_demo)
    if options.command == "setup":
        environment.ensure("base")
        environment.say("环境已就绪。")
        return 0
    if options.command == "cli":
        environment.ensure("base", need_assets=False)
        return environment.become_shenguan(options.rest)
    if options.command == "test":
        return checks.run(options.rest)
    if options.command == "bundle":
        return bundle.make(options.rest)
    if options.command == "lock":
        return environment.lock()
    sys.exit(f"没有“{options.command}”这个命令。\n\n{USAGE}")


def main() -> int:
    """Run one command; failures of the set-up end with one sentence, not a traceback."""
    use_supported_python()
    os.environ.setdefault("PYTHONUTF8", "1")  # courts' machines may still speak GB18030
    from tools.environment import SetupError

    try:
        return dispatch(arguments(sys.argv[1:]))
    except SetupError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

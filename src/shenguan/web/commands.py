"""`shenguan serve` and `shenguan migrate`."""

from __future__ import annotations

from functools import cached_property
from threading import Thread

import click
from django.core.checks.urls import check_url_config
from django.core.management import call_command
from django.db import connections

from shenguan.base.ops.memory import keep_standing
from shenguan.rulebook import Rulebook, load


@click.command("migrate")
def migrate() -> None:
    """建立数据库和事实表，或升级到本版本。"""
    from shenguan.web.database import bring_facts_up_to_date

    bring_facts_up_to_date()  # the database is up to date before any command runs
    click.echo("数据库已是最新")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=int, default=8000, show_default=True, help="端口")
@click.option("--workers", type=int, default=2, show_default=True, help="进程数")
@click.option("--timing", is_flag=True, help="每个答复注明用时(Server-Timing),供测量")
def serve(host: str, port: int, workers: int, timing: bool) -> None:
    """启动网页服务。"""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    # The static files must lie there before the application starts and lists them; anew, because files of an
    # upgrade may carry an older date than those they replace.
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    from shenguan.web.database import bring_facts_up_to_date
    from shenguan.web.timing import timed
    from shenguan.web.wsgi import application

    bring_facts_up_to_date()
    _stand_ready()
    connections.close_all()  # a database handle must not be shared by forked workers

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn with threads, configured here rather than by a file."""

        def load_config(self) -> None:
            """Set address, processes and threads."""
            for key, value in {
                "bind": f"{host}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 4,
                "accesslog": None,
                "loglevel": "warning",
                "control_socket_disable": True,
                "post_worker_init": _open_figures,
            }.items():
                self.cfg.set(key, value)

        def load(self) -> object:
            """Return the Django application."""
            return timed(application) if timing else application

    Server().run()


def _open_figures(_worker: object) -> None:
    """Open facts and cube beside a worker's first requests, so that none of them waits for it."""
    from shenguan.base.ops import home as homes
    from shenguan.spine.facts import archive
    from shenguan.spine.indicators.opening import opened

    home = homes.current()
    if archive.manifest(home):
        Thread(target=opened, args=(home, load()), daemon=True).start()


def _stand_ready() -> None:
    """Read pages and rulebook once, before the workers part: none of them need do it for itself."""
    check_url_config(None)
    book = load()
    for name, part in vars(Rulebook).items():
        if isinstance(part, cached_property):
            getattr(book, name)
    keep_standing()


COMMANDS = [serve, migrate]

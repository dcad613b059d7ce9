"""The tables of a home: a new database is laid out at once, an older one is migrated."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def bring_schema_up_to_date() -> None:
    """Make or alter tables until they are those of the version that runs."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    if connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
    else:
        _lay_out(migration for migration, _backwards in plan)


def _lay_out(migrations: Iterable[Migration]) -> None:
    """Make what all migrations come to, in one second rather than nine, and in one transaction.

    No migration may do what the models don't say; tests hold them to it.
    """
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        recorder = MigrationRecorder(connection)
        editor.create_model(recorder.Migration)
        for migration in migrations:
            recorder.record_applied(migration.app_label, migration.name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)

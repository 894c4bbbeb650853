"""The database itself refuses to change or remove an event. Whoever may drop a trigger still can; `verify` then tells.

A later migration that makes SQLite rebuild `promises_event` must make its triggers again.
"""

from django.db import migrations

REFUSED = "an event in the ledger is never changed or removed"
SQLITE = tuple(
    f"""
    CREATE TRIGGER promises_event_no_{done} BEFORE {done} ON promises_event
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """
    for done in ("update", "delete")
)
POSTGRESQL = (
    f"""
    CREATE FUNCTION promises_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER promises_event_only_added BEFORE UPDATE OR DELETE ON promises_event
    FOR EACH ROW EXECUTE FUNCTION promises_event_refuse()
    """,
)
BACK = {
    "sqlite": ("DROP TRIGGER promises_event_no_update", "DROP TRIGGER promises_event_no_delete"),
    "postgresql": ("DROP TRIGGER promises_event_only_added ON promises_event", "DROP FUNCTION promises_event_refuse()"),
}


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("promises", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]

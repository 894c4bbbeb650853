"""The full-text index of entries, in what each database offers for it. Both hold the same stems, made by `search.analysis`.

SQLite: an FTS5 table whose rows carry the numbers of the entries; a trigger removes what is withdrawn. (A later migration
that makes SQLite rebuild `search_entry` must make the trigger again.) PostgreSQL: a column with a GIN index.
"""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'unicode61')",
    """
    CREATE TRIGGER search_entry_withdrawn AFTER DELETE ON search_entry
    BEGIN DELETE FROM search_words WHERE rowid = old.id; END
    """,
)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN words tsvector",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
)
BACK = {
    "sqlite": ("DROP TRIGGER search_entry_withdrawn", "DROP TABLE search_words"),
    "postgresql": ("ALTER TABLE search_entry DROP COLUMN words",),
}


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]

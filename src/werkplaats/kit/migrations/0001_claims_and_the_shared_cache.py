from django.core.management import call_command
from django.db import migrations, models


def create_the_cache_table(apps, schema_editor):
    """The table in which all processes count tries together; does nothing when another kind of cache is set."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sweep", models.CharField(max_length=50)),
                ("key", models.CharField(max_length=100)),
                ("token", models.CharField(blank=True, max_length=32)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("beat_at", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("sweep", "key"), name="one_claim_per_piece_of_work"),
        ),
        migrations.RunPython(create_the_cache_table, migrations.RunPython.noop),
    ]

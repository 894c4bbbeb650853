from datetime import timedelta

from django.db import migrations, models


def ask_who_said_yes_before(apps, schema_editor):
    """Who was introduced before this is asked too: 28 days after both said yes."""
    Match = apps.get_model("dependence", "Match")
    for row in Match.objects.filter(state="introduced", introduced_at__isnull=False):
        row.outcome_due_on = row.introduced_at.date() + timedelta(days=28)
        row.save(update_fields=["outcome_due_on"])


class Migration(migrations.Migration):
    dependencies = [("dependence", "0001_needs_and_offers_are_matched")]

    operations = [
        migrations.AddField(
            model_name="match",
            name="outcome_due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="matchside",
            name="outcome_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(ask_who_said_yes_before, migrations.RunPython.noop),
    ]

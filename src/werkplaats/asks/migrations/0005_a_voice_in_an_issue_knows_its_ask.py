import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_which_ask(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The ask of the voice."""
    alias = editor.connection.alias
    voices = apps.get_model("asks", "Voice").objects.using(alias).filter(pk=models.OuterRef("voice"))
    apps.get_model("asks", "VoiceIssue").objects.using(alias).update(ask=models.Subquery(voices.values("ask")))


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL does not change a table while rows that it just changed wait to be checked

    dependencies = [("asks", "0004_a_voice_goes_out_exactly_when_it_may")]

    operations = [
        migrations.AddField(
            model_name="voiceissue",
            name="ask",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="asks.ask"
            ),
        ),
        migrations.RunPython(say_which_ask, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="voiceissue",
            name="ask",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="asks.ask"),
        ),
        migrations.AddIndex(
            model_name="voiceissue",
            index=models.Index(fields=["ask", "issue"], name="issues_of_an_ask"),
        ),
    ]

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_which_ask(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The ask of the voice, where there is one."""
    alias = editor.connection.alias
    voices = apps.get_model("asks", "Voice").objects.using(alias).filter(pk=models.OuterRef("voice"))
    receivers = apps.get_model("promises", "PromiseReceiver").objects.using(alias).exclude(voice=None)
    receivers.update(ask=models.Subquery(voices.values("ask")))


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL does not change a table while rows that it just changed wait to be checked

    dependencies = [
        ("asks", "0005_a_voice_in_an_issue_knows_its_ask"),
        ("promises", "0003_who_said_something_is_reminded"),
    ]

    operations = [
        migrations.AddField(
            model_name="promisereceiver",
            name="ask",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="asks.ask"
            ),
        ),
        migrations.RunPython(say_which_ask, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="promisereceiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("ask", None), ("voice", None))
                | models.Q(("ask__isnull", False), ("voice__isnull", False)),
                name="a_receiver_with_a_voice_has_its_ask",
            ),
        ),
        migrations.AddIndex(
            model_name="promisereceiver",
            index=models.Index(fields=["ask", "promise"], name="promises_of_an_ask"),
        ),
    ]

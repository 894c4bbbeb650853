from typing import Any

from django.db import migrations


def count(apps: Any, _schema: Any) -> None:
    """Who was asked about a move stands in the one count of introductions from now on."""
    introduction = apps.get_model("neighbourhoods", "Introduction")
    for side in apps.get_model("defrag", "Side").objects.select_related("asking").iterator():
        about = f"asking:{side.asking.key}"
        introduction.objects.get_or_create(
            party_id=side.party_id, about=about, defaults={"asked_at": side.asking.asked_at}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("defrag", "0003_moves_are_asked_of_people"),
        ("neighbourhoods", "0007_needs_are_posted_and_introductions_counted"),
    ]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]

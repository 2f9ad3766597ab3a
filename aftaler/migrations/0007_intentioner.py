"""Intention tags on goals (S62), with the guidance beside them."""

from django.db import migrations, models

TEKST = "Mærkerne giver overblik og er ikke en del af det, I godkender."


def opret(apps, schema_editor):
    vejledning = apps.get_model("aftaler", "Vejledning")
    kilde = "Samarbejdsmodellen, afsnit Indledning"
    vejledning.objects.get_or_create(sted="maal_intentioner", defaults={"tekst": TEKST, "kilde": kilde})


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0006_vejledning")]
    operations = [
        migrations.AddField("strategiskmaal", "intentioner", models.CharField(blank=True, max_length=80)),
        migrations.RunPython(opret, migrations.RunPython.noop),
    ]

"""What search compares with, stored beside each text (samarbejde.soegefelt)."""

from django.db import migrations

from samarbejde.soegefelt import SoegetekstField

FELTER = {
    "aftale": ("behov", "retning"),
    "strategiskmaal": ("titel", "beskrivelse", "realisering"),
    "delmaal": ("titel", "beskrivelse"),
    "aktivitet": ("titel", "beskrivelse", "tegn"),
}
AD_GANGEN = 500


def fyld(apps, schema_editor):
    for navn, felter in FELTER.items():
        model = apps.get_model("aftaler", navn)
        felt = model._meta.get_field("soegetekst")
        raekker = list(model.objects.only("pk", *felter))
        for raekke in raekker:
            felt.pre_save(raekke, add=False)
        model.objects.bulk_update(raekker, ["soegetekst"], batch_size=AD_GANGEN)


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0014_segl")]
    operations = [
        *(
            migrations.AddField(model_name=navn, name="soegetekst", field=SoegetekstField(felter=felter))
            for navn, felter in FELTER.items()
        ),
        migrations.RunPython(fyld, migrations.RunPython.noop),
    ]

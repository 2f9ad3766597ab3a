"""The six areas of the model text, in its order (S12); the numbering is kept."""

from django.db import migrations

OMRAADER = [
    "Børn og unges kulturfællesskaber i centrum",
    "Udsatte børn og unge",
    "Overgange",
    "Fælles fokus og fælles sprog",
    "Ledelsesmæssig forankring af samarbejdet",
    "Forvaltningens implementeringsindsatser",
]


def opret(apps, schema_editor):
    omraade = apps.get_model("aftaler", "Maalomraade")
    omraade.objects.bulk_create(omraade(nummer=nummer, navn=navn) for nummer, navn in enumerate(OMRAADER, start=1))


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0001_aftale")]
    operations = [migrations.RunPython(opret, migrations.RunPython.noop)]

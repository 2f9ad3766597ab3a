"""Nullable and without a default, so that SQLite keeps the table and with it the triggers of 0014."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0017_kladdedokument")]
    operations = [
        migrations.AddField("dokument", "genskabt_den", models.DateTimeField(blank=True, null=True)),
    ]

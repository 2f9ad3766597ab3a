"""The code and the seal of a document. A document that is made stays as it is: the database refuses any change of it.

SQLite drops a table's triggers when a later migration makes the table anew: lay them down again there.
"""

import hashlib

from django.db import migrations, models

import aftaler.kode
from samarbejde.database import kun_tilfoej_sql


def giv_kode(apps, schema_editor):
    Dokument = apps.get_model("aftaler", "Dokument")
    for dokument in Dokument.objects.order_by("pk").iterator(chunk_size=20):
        dokument.kode = aftaler.kode.ny_kode()
        if dokument.pdf is not None:
            pdf = bytes(dokument.pdf)
            dokument.uforseglet_laengde, dokument.uforseglet_sha256 = len(pdf), hashlib.sha256(pdf).hexdigest()
        dokument.save(update_fields=["kode", "uforseglet_laengde", "uforseglet_sha256"])


def laas_det_der_er_lavet(apps, schema_editor):
    for handling in ("UPDATE", "DELETE"):
        sql = kun_tilfoej_sql("aftaler_dokument", handling, naar="OLD.tilstand = 'klar'")
        schema_editor.execute(sql[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0013_overskrift"), ("samarbejde", "0002_kun_tilfoej")]
    operations = [
        migrations.AddField("dokument", "kode", models.CharField(editable=False, max_length=12, null=True)),
        migrations.AddField(
            "dokument",
            "segl",
            models.CharField(
                choices=[
                    ("ikke_forseglet", "ikke forseglet"),
                    ("uden_tidsstempel", "forseglet uden tidsstempel"),
                    ("forseglet", "forseglet med tidsstempel"),
                ],
                default="ikke_forseglet",
                max_length=20,
            ),
        ),
        migrations.AddField("dokument", "segl_bemaerkning", models.CharField(blank=True, max_length=300)),
        migrations.AddField("dokument", "uforseglet_laengde", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("dokument", "uforseglet_sha256", models.CharField(blank=True, max_length=64)),
        migrations.RunPython(giv_kode, migrations.RunPython.noop),
        migrations.AlterField(
            "dokument",
            "kode",
            models.CharField(default=aftaler.kode.ny_kode, editable=False, max_length=12, unique=True),
        ),
        migrations.RunPython(laas_det_der_er_lavet, migrations.RunPython.noop),
    ]

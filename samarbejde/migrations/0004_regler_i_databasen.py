"""The professions we know, the text that search reads, and two rules that the database itself refuses to break:
a third coordinator on any day (S29), and a second fritidsinstitution for a school or school for one (S25).

SQLite forgets triggers when a later migration remakes the table: such a migration runs `regel_sql` again.
"""

from django.db import migrations

from samarbejde.database import regel_sql
from samarbejde.formater import soegetekst

FAGLIGHEDER = [
    "AKT-vejleder",
    "inklusionsvejleder",
    "it-vejleder",
    "klubpædagog",
    "læsevejleder",
    "lærer",
    "matematikvejleder",
    "pædagog",
    "PLC-vejleder",
    "psykolog",
    "skolesocialrådgiver",
    "støttepædagog",
    "sundhedsplejerske",
    "tale-hørekonsulent",
    "teamkoordinator",
]


def opret_fagligheder(apps, schema_editor):
    faglighed = apps.get_model("samarbejde", "Faglighed")
    faglighed.objects.bulk_create(faglighed(navn=navn) for navn in FAGLIGHEDER)


def fyld_soegetekst(apps, schema_editor):
    for model in (apps.get_model("samarbejde", navn) for navn in ("Enhed", "Person")):
        raekker = list(model.objects.only("pk", "navn"))
        for raekke in raekker:
            raekke.soegetekst = soegetekst(raekke.navn)
        model.objects.bulk_update(raekker, ["soegetekst"], batch_size=500)


def opret_regler(apps, schema_editor):
    for sql in regel_sql(schema_editor.connection.vendor):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL takes no trigger on a table with changes that wait to be checked
    dependencies = [("samarbejde", "0003_forum_og_personer")]
    operations = [
        migrations.RunPython(opret_fagligheder, migrations.RunPython.noop, atomic=True),
        migrations.RunPython(fyld_soegetekst, migrations.RunPython.noop, atomic=True),
        migrations.RunPython(opret_regler, migrations.RunPython.noop, atomic=True),
    ]

"""The trail can only be added to: the database itself refuses UPDATE and DELETE (D39)."""

from django.db import migrations

from samarbejde.database import kun_tilfoej_sql

TABELLER = ("samarbejde_haendelse", "samarbejde_segling")
FUNKTION = """
    CREATE FUNCTION kun_tilfoej() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% kan kun tilføjes til', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def opret(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(FUNKTION, params=None)  # with parameters psycopg would read the % as one
    for tabel in TABELLER:
        for handling in ("UPDATE", "DELETE"):
            schema_editor.execute(kun_tilfoej_sql(tabel, handling)[vendor])


class Migration(migrations.Migration):
    dependencies = [("samarbejde", "0001_grundlag")]
    operations = [migrations.RunPython(opret, migrations.RunPython.noop)]

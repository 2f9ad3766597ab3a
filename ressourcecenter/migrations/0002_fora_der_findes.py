"""The forums of the units that are registered already (S19), and what they work within (S27, S60)."""

from datetime import date

from django.db import migrations

RAMMER = [
    ("Folkeskoleloven", 2025, "alle", "https://www.retsinformation.dk/"),
    (
        "Bekendtgørelse om pædagogiske læringscentre i folkeskolen",
        2022,
        "laeringscenter",
        "https://www.retsinformation.dk/",
    ),
    ("Børne- og Ungdomsudvalgets beslutning om Ressourcecentre", 2012, "ressourcecenter", ""),
    ("Ressourcecenter og Pædagogisk Læringscenter. Vision, målsætninger og hovedopgaver", 2016, "alle", ""),
]
STAAENDE = {
    "skole": ("ressourcecenter", "laeringscenter"),
    "klynge": ("ressourceteam",),
    "netvaerk": ("ressourceteam",),
}


def opret_fora(apps, schema_editor):
    enhed, forum = apps.get_model("samarbejde", "Enhed"), apps.get_model("ressourcecenter", "Forum")
    med = enhed.objects.filter(art__in=STAAENDE).exclude(art="skole", ejerform="privat")
    forum.objects.bulk_create(
        forum(enhed=en, art=art, raekkefoelge=nummer) for en in med for nummer, art in enumerate(STAAENDE[en.art])
    )


def opret_rammer(apps, schema_editor):
    ramme = apps.get_model("ressourcecenter", "Rammedokument")
    ramme.objects.bulk_create(
        ramme(titel=titel, aar=aar, gaelder_for=for_, link=link, gyldig_fra=date(aar, 1, 1))
        for titel, aar, for_, link in RAMMER
    )


class Migration(migrations.Migration):
    dependencies = [("ressourcecenter", "0001_fora"), ("samarbejde", "0004_regler_i_databasen")]
    operations = [
        migrations.RunPython(opret_fora, migrations.RunPython.noop),
        migrations.RunPython(opret_rammer, migrations.RunPython.noop),
    ]

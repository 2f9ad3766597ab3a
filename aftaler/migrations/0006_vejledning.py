"""Guidance beside the fields as data (decision 17), with the texts the forms had; and the areas' wording (S12)."""

from django.db import migrations, models

STAERKT = "Samarbejdsmodellen, afsnit Stærkt samarbejde"
INDLEDNING = "Samarbejdsmodellen, afsnit Indledning"
# place: (guidance, example, source)
TEKSTER = {
    "vision": (
        "Visionen for de københavnske fritidstilbud og skoler er, at de har en høj kvalitet og er attraktive for børn, "
        "forældre og medarbejdere. For at realisere denne vision er det afgørende med et tæt strategisk samarbejde "
        "mellem skole og fritidsinstitutioner og -centre for at sikre sammenhæng i børnenes hverdag. Det tætte "
        "samarbejde skal bidrage til børn og unges læring, udvikling og trivsel samt deres demokratiske dannelse og "
        "deltagelse i børne- og ungefællesskaber.",
        "",
        INDLEDNING,
    ),
    "parter": ("Aftalen indgås mellem distriktets skoler og institutioner.", "", STAERKT),
    "tovholder": (
        "Skolelederen på tovholderskolen sender aftalen til godkendelse. Alle parter skriver på lige fod.",
        "",
        "",
    ),
    "behov": (
        "Hvad kendetegner børnene og hverdagen hos jer lige nu, og hvor er der brug for at løfte sammen?",
        "Mange børn skifter mellem skole, KKFO og fritidscenter på samme dag. De voksne kender ikke hinandens aftaler.",
        STAERKT,
    ),
    "retning": (
        "Hvilken retning vælger I, at samarbejdet skal tage i år? I bestemmer selv indholdet.",
        "I år samler vi kræfterne om overgangene, så hvert barn bliver mødt af voksne, der kender det.",
        STAERKT,
    ),
    "maal_titel": ("", "Alle børn oplever gode overgange mellem skole og fritid", ""),
    "maal_omraader": ("Vælg mindst ét, før aftalen sendes til godkendelse.", "", STAERKT),
    "maal_beskrivelse": ("Hvad vil I opnå, og for hvem?", "", ""),
    "maal_realisering": ("Hvordan når I målet gennem samarbejdet?", "", INDLEDNING),
    "delmaal_titel": (
        "Mere konkret end målet: hvad skal være anderledes om et år?",
        "Alle nye børn i 0. klasse har mødt en voksen fra KKFO’en, før de begynder",
        STAERKT,
    ),
    "delmaal_beskrivelse": ("", "", ""),
    "aktivitet_titel": ("", "Fælles velkomstdag for 0. klasse", ""),
    "aktivitet_art": ("En aktivitet sker på et tidspunkt; et tiltag er en fast måde at gøre tingene på.", "", ""),
    "aktivitet_ansvarlige": ("Vælg gerne parter fra både skole og fritid.", "", ""),
    "aktivitet_beskrivelse": ("", "", ""),
    "aktivitet_tegn": ("Hvad kan I se eller høre?", "Børnene siger navnet på mindst én voksen fra KKFO’en", ""),
}


def opret(apps, schema_editor):
    vejledning = apps.get_model("aftaler", "Vejledning")
    vejledning.objects.bulk_create(
        vejledning(sted=sted, tekst=tekst, eksempel=eksempel, kilde=kilde)
        for sted, (tekst, eksempel, kilde) in TEKSTER.items()
    )


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0005_ny_version")]
    operations = [
        migrations.AddField("maalomraade", "version", models.PositiveIntegerField(default=1)),
        migrations.CreateModel(
            name="Vejledning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sted", models.SlugField(db_index=False, max_length=30, unique=True)),
                ("tekst", models.TextField(blank=True, max_length=2000)),
                ("eksempel", models.TextField(blank=True, max_length=1000, verbose_name="eksempel")),
                ("kilde", models.CharField(blank=True, max_length=200, verbose_name="kilde")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={"verbose_name": "vejledning", "ordering": ["sted"], "default_permissions": ()},
        ),
        migrations.RunPython(opret, migrations.RunPython.noop),
    ]

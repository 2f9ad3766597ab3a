"""Believable invented text for the demo: what leaders of such a district might have written."""

from typing import NamedTuple


class A(NamedTuple):
    titel: str
    beskrivelse: str
    tegn: str
    art: str = "aktivitet"


class D(NamedTuple):
    titel: str
    beskrivelse: str
    aktiviteter: tuple[A, ...]


class M(NamedTuple):
    titel: str
    omraader: tuple[int, ...]
    intentioner: str
    beskrivelse: str
    realisering: str
    delmaal: tuple[D, ...]


BEHOV = """\
Vi kender hinandens hverdag for lidt. Børnene møder forskellige voksne, regler og ord for det samme fra klokken otte \
til klokken fem, og det mærkes mest af dem, der har sværest ved at skifte.

Tre ting fylder hos os i år:

- Overgangen fra børnehave til skole og KKFO: en del børn mister kontakten til de voksne, der kender dem.
- Fællesskaberne på mellemtrinnet: flere børn trækker sig fra klubben, når legegrupperne deler sig i 4. klasse.
- Vi taler forskelligt om trivsel, så en bekymring bliver vurderet forskelligt alt efter, hvem der har den.
"""
RETNING = """\
Vi vil være **ét distrikt om ét barneliv**. Skole, KKFO, fritidscenter og de mindste børns institutioner planlægger \
overgange og fællesskaber sammen, og vi bruger de samme ord om trivsel.

Vi begynder med det, børnene mærker i hverdagen, og vi måler det på, om de bliver i fællesskaberne.
"""
MAAL = (
    M(
        "Alle børn har en kendt voksen med sig over overgangen",
        (3, 2),
        "udvikling, trivsel",
        "Børn, der skifter fra børnehave til KKFO og skole, skal møde mindst én voksen, de kender, i de første uger.",
        "Vi planlægger overgangen i én fælles kalender og lader medarbejdere følge børnene over.",
        (
            D(
                "Fælles overgangsforløb for kommende 0. klasser",
                "Alle børnehaver i distriktet følger samme forløb fra marts til september.",
                (
                    A(
                        "Besøgsuger i maj og juni",
                        "Børnehavegrupperne er i KKFO'en tre formiddage sammen med egne voksne.",
                        "Alle kommende skolebørn har været på besøg mindst to gange.",
                    ),
                    A(
                        "En pædagog følger med de første fire uger",
                        "Én pædagog fra hver børnehave er med i KKFO'en to dage om ugen i august.",
                        "Forældre og børn kan nævne den voksne, de kender.",
                        "tiltag",
                    ),
                ),
            ),
            D(
                "Overlevering, der bliver brugt",
                "Overleveringen skal være kort, mundtlig og samle dem, der skal bruge den.",
                (
                    A(
                        "Overleveringsmøder i juni",
                        "Børnehave, KKFO og indskoling mødes om gruppen, aldrig om skemaer.",
                        "Mødet er holdt for alle klasser inden skoleårets slutning.",
                    ),
                ),
            ),
        ),
    ),
    M(
        "Mellemtrinnets børn bliver i fællesskaberne",
        (1,),
        "trivsel, demokratisk dannelse, fællesskaber",
        "Flere børn skal have et fællesskab efter skole, som de selv har lyst til at komme i.",
        "Fritidscenter og skole planlægger året sammen og åbner fællesskaberne i skoletiden.",
        (
            D(
                "Klubben kommer ind i 3. og 4. klasse",
                "Børnene møder klubbens voksne, mens de stadig går i KKFO.",
                (
                    A(
                        "Klubdage i skolen",
                        "Fritidscentret er med i understøttende undervisning én dag om måneden.",
                        "Alle 4.-klasser har haft fire klubdage.",
                    ),
                    A(
                        "Fælles sommerafslutning",
                        "KKFO og fritidscenter holder én afslutning for 3. klasse.",
                        "Otte ud af ti børn møder op.",
                        "tiltag",
                    ),
                ),
            ),
        ),
    ),
    M(
        "Vi bruger de samme ord om trivsel",
        (4, 5),
        "",
        "En bekymring skal vurderes ens, uanset hvilken voksen der får den.",
        "Lederne går forrest: vi bruger det fælles sprog på alle møder og i alle breve.",
        (
            D(
                "Fælles trivselssprog",
                "Alle medarbejdere kender og bruger de samme fem spørgsmål, når de taler om et barns trivsel.",
                (
                    A(
                        "Fælles pædagogisk dag i oktober",
                        "Skole, KKFO, fritidscenter og børnehaver arbejder med de fem spørgsmål.",
                        "Alle enheder har deltaget.",
                    ),
                    A(
                        "De fem spørgsmål på hvert møde",
                        "Spørgsmålene står øverst på dagsordenen i Ressourcecentret.",
                        "Medarbejderne siger, at de bruger dem.",
                    ),
                ),
            ),
        ),
    ),
)
GRUND = "Vi mangler at drøfte klubdagene med vores medarbejdere. Vi svarer efter personalemødet på torsdag."

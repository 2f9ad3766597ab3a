"""What the page "Samarbejdsmodellen" says in our own words, each with the words of the model behind it (S18, S24)."""

from dataclasses import dataclass

from samarbejde.kilder import KILDER, Citat


@dataclass(frozen=True)
class Tekst:
    navn: str
    tekst: str
    kilde: Citat


HOVEDELEMENTER = (
    Tekst(
        "Stærkt samarbejde",
        "Hvert skoleår skriver distriktets skole, fritidstilbud og 0-6 års institutioner en aftale om, hvad I vil "
        "sammen. Den har få mål, og der står, hvordan I når dem.",
        KILDER["S7"],
    ),
    Tekst(
        "Ressourcecenter og Pædagogisk Læringscenter",
        "Fritidstilbuddene er med på skolens møder om børn, trivsel og læring. De er med på lige fod med skolen.",
        KILDER["S19"],
    ),
    Tekst(
        "Klyngens eller netværkets ressourceteam",
        "Fritidstilbuddene kan komme med, når ressourceteamet holder møde om et tema, der også er deres, fx overgange.",
        KILDER["S45"],
    ),
)
VISION = KILDER["S18"]
FORMAAL = tuple(KILDER[f"S24.{nummer}"] for nummer in range(1, 6))
BRUG = (
    Tekst(
        "En dialog på tværs af fag",
        "I ser på det pædagogiske arbejde sammen: lærere, pædagoger og de fagpersoner, som kommer udefra.",
        KILDER["S23"],
    ),
    Tekst(
        "Fælles handleplaner",
        "Når et barn eller en børnegruppe har brug for det, aftaler I sammen, hvad I vil gøre, og følger op.",
        KILDER["S24.1"],
    ),
    Tekst("Nye idéer sammen", "I kan også mødes for at skabe noget nyt på tværs af skole og fritid.", KILDER["S22"]),
)
HVEM = (
    Tekst(
        "Skolelederen leder", "Ressourcecenteret og læringscenteret har skolelederen som øverste leder.", KILDER["S28"]
    ),
    Tekst(
        "Koordinatorer inviterer og følger op",
        "Skolelederen kan udpege en eller to. De leder møderne og sørger for, at det aftalte bliver gjort.",
        KILDER["S29"],
    ),
    Tekst(
        "Lederne fra fritidstilbuddene deltager fast",
        "Deres medarbejdere er med, når mødet handler om noget, de selv arbejder med.",
        KILDER["S32"],
    ),
    Tekst(
        "Alle kan bede om et møde",
        "Ser du noget, der kræver, at I handler sammen, har du både ret og pligt til at sige til.",
        KILDER["S39"],
    ),
    Tekst(
        "Klyngelederen eller netværkskoordinatoren indkalder til ressourceteamet",
        "De vurderer, hvornår et møde også er relevant for fritidstilbuddene.",
        KILDER["S46"],
    ),
    Tekst(
        "Skole, fritid og 0-6 år kan invitere hinanden til et tema",
        "Det aftaler I selv lokalt, og det må gerne stå i årets aftale.",
        KILDER["S47"],
    ),
)
RAMMER = (
    Tekst(
        "Et fagligt samarbejde",
        "Alle faggrupper bidrager med det, de ved. Her er kun fagpersoner, og ingen bliver målt mod hinanden.",
        KILDER["S57"],
    ),
    Tekst("Fra 0 til 18 år", "I ser på hele barnets vej: fra institution til skole, fritid og ungdom.", KILDER["S58"]),
    Tekst(
        "Lov og beslutninger",
        "Folkeskoleloven, bekendtgørelsen om pædagogiske læringscentre og udvalgets beslutning fra 2012 sætter rammen. "
        "Modellen ændrer den ikke.",
        KILDER["S27"],
    ),
    Tekst(
        "Vision og hovedopgaver",
        "Kommunens eget dokument om Ressourcecenter og Pædagogisk Læringscenter siger, hvad de skal arbejde med.",
        KILDER["S27.2"],
    ),
)

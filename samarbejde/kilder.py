"""The words of "Samarbejdsmodellen" that the product quotes, each with its section, by the rule they prove.

Short and word for word: tests/samarbejde/test_kilder.py finds each one in the source. "…" is what is left out. The
rules of the table of rights carry their own (`regler.REGLER`).
"""

from dataclasses import dataclass

INDLEDNING = "Indledning"
STAERKT = "Stærkt samarbejde"
SAMARBEJDE = "Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk Læringscenter"
FORMAAL = "Formål med samarbejdet"
DELTAGERE = "Deltagere, ansvar og rollefordeling i samarbejdet"
RESSOURCETEAM = "Fritidsinstitutioners og fritidscentres deltagelse i klyngen/netværkets ressourceteam"


@dataclass(frozen=True)
class Citat:
    afsnit: str
    tekst: str


KILDER: dict[str, Citat] = {
    # --- the three hovedelementer ---
    "S7": Citat(
        INDLEDNING,
        "Skole og institutioner indgår hvert år en samarbejdsaftale om Stærkt samarbejde med fokus på den strategiske "
        "retning, som man lokalt vælger, at samarbejdet skal tage.",
    ),
    "S19": Citat(
        INDLEDNING,
        "Fritidsinstitution/center bliver en integreret del af Ressourcecenteret og Pædagogisk Læringscenter i "
        "samarbejde med skolen og på lige fod med skolen.",
    ),
    "S45": Citat(
        INDLEDNING,
        "Fritidsinstitutionen kan efter aftale med klyngelederen/netværkskoordinatoren deltage i ressourceteamets "
        "møde, når det handler om tematiske, overordnede drøftelser, som har relevans for fritidsområdet, fx "
        "overgange.",
    ),
    # --- why ---
    "S18": Citat(
        INDLEDNING,
        "Visionen for de københavnske fritidstilbud og skoler er, at de har en høj kvalitet og er attraktive for børn, "
        "forældre og medarbejdere.",
    ),
    "S24.1": Citat(
        FORMAAL,
        "At sikre et helhedsperspektiv på det enkelte barn og børnegruppen med henblik på at udarbejde fælles "
        "handleplaner samt at samarbejde om læringsmål og indsatser.",
    ),
    "S24.2": Citat(FORMAAL, "At skabe helhed og sammenhæng i barnet/den unges liv."),
    "S24.3": Citat(
        FORMAAL,
        "At sikre tværfaglig sparring, vidensdeling og forskellige faglige perspektiver på pædagogiske "
        "problemstillinger.",
    ),
    "S24.4": Citat(
        FORMAAL,
        "At skabe et tæt samarbejde mellem skole og fritid og styrke 1:1-samarbejdet med henblik på at udvikle "
        "inkluderende børnefællesskaber og læringsmiljøer.",
    ),
    "S24.5": Citat(FORMAAL, "At understøtte fælles lærings- og trivselsfremmende aktiviteter i skole og fritid."),
    # --- what the forums are for ---
    "S22": Citat(
        SAMARBEJDE,
        "Ressourcecenter og Pædagogisk Læringscenter kan også fungere som forum for samskabelse mellem "
        "fritidsinstitutioner, fritidscentre og skoler.",
    ),
    "S23": Citat(
        FORMAAL,
        "Ressourcecenteret og Pædagogisk Læringscenter er organisatoriske enheder, som skal understøtte en flerfaglig "
        "og professionel dialog om det pædagogiske arbejde.",
    ),
    "S57": Citat(
        DELTAGERE,
        "… der er tale om et professionelt, fagligt samarbejde mellem skole og fritidstilbud, hvor alle faggruppers "
        "kompetencer og perspektiver kommer i spil.",
    ),
    "S58": Citat(SAMARBEJDE, "Samtidig er der behov for at få 0-18-årsperspektivet i spil."),
    # --- who ---
    "S28": Citat(
        DELTAGERE,
        "Skolelederen er den formelle overordnede leder af Ressourcecenteret og det Pædagogiske Læringscenter …",
    ),
    "S29": Citat(
        DELTAGERE,
        "… kan udpege en eller to koordinator(er), som leder og koordinerer ressourcepersonernes arbejde, inviterer "
        "relevante deltagere samt er ansvarlig for mødeledelse og opfølgning på aftalte handleplaner og tiltag.",
    ),
    "S32": Citat(
        DELTAGERE,
        "Fra fritidsinstitutionerne vil den pædagogiske leder/institutionslederen som udgangspunkt være fast deltager "
        "i Ressourcecenterets møder, mens pædagogiske medarbejdere deltager, når det drejer sig om specifikke "
        "problematikker eller udfordringer, som de arbejder med.",
    ),
    "S31": Citat(
        DELTAGERE,
        "Ressourcecenteret og det Pædagogiske Læringscenter består i udgangspunktet af interne medarbejdere med "
        "særlige faglige kompetencer samt eksterne ressourcepersoner fra områdets tværfaglige support.",
    ),
    "S37": Citat(
        DELTAGERE,
        "Mødets indhold og formål afgør, hvem der er relevante mødedeltagere.",
    ),
    "S41": Citat(
        DELTAGERE,
        "Det er et ledelsesansvar at sikre, at processerne i Ressourcecenterets og evt. det Pædagogiske "
        "Læringscenters arbejde tilrettelægges, så alle fagligheder kommer i spil …",
    ),
    "S43": Citat(
        DELTAGERE,
        "Organiseringen af Ressourcecenterets og det Pædagogiske Læringscenters arbejde, herunder mødekadence, aftales "
        "lokalt.",
    ),
    "S39": Citat(
        DELTAGERE,
        "Alle aktører knyttet til Ressourcecenteret har ret og pligt til at tage initiativ til samarbejde og bede om, "
        "at der bliver indkaldt til et møde …",
    ),
    "S46": Citat(
        RESSOURCETEAM,
        "Det er klyngelederen/netværkskoordinatoren, som vurderer, hvornår det er relevant at indkalde "
        "fritidsinstitutioner og -centre til et af ressourceteamets faste, tematiske møder.",
    ),
    "S47": Citat(
        RESSOURCETEAM,
        "… klyngen/netværkets ressourceteam inviterer skolens/fritidstilbuddets ressourcepersoner til et tematisk møde "
        "om fx overgange eller omvendt, at Ressourcecenteret inviterer 0-6-års-institutionerne. Dette aftales lokalt …",
    ),
    # --- the frame ---
    "S27": Citat(
        SAMARBEJDE,
        "Lovmæssigt er organiseringen af den tværfaglige support i Ressourcecenteret forankret i Folkeskoleloven og "
        "derudover rammesat i Københavns Kommune af Børne- og Ungdomsudvalgets beslutning vedrørende Ressourcecentre "
        "fra 2012. Rammerne for det Pædagogiske Læringscenter er forankret i Folkeskoleloven og Bekendtgørelsen for "
        "det Pædagogiske Læringscenter.",
    ),
    "S27.2": Citat(
        SAMARBEJDE,
        "… er beskrevet i ”Ressourcecenter og Pædagogisk Læringscenter. Vision, målsætninger og hovedopgaver”.",
    ),
}

"""Beside every guarded act its rule: one Danish sentence and its source (S53)."""

from dataclasses import dataclass

from samarbejde.handlinger import Handling
from samarbejde.samskriveregler import SAMSKRIVNING


@dataclass(frozen=True)
class Regel:
    """The rule as one Danish sentence, what it says in a list, and where it comes from: a rule of the model carries
    the words it rests on, found in the source by tests/samarbejde/test_kilder.py.
    """

    navn: str
    saetning: str
    kilde: str
    citat: str = ""


MODEL = "Samarbejdsmodellen, afsnit "
PRAKSIS = "Lokal praksis: "
REGLER: dict[Handling, Regel] = {
    Handling.SE_DISTRIKT: Regel(
        "Se et distrikts side",
        "Et distrikts side er for dem, der har en rolle i distriktet, og for forvaltningen.",
        MODEL + "Stærkt samarbejde",
        "I Stærkt samarbejde samarbejder skoler og institutioner om at skabe helhed og sammenhæng mellem kommunens "
        "forskellige tilbud.",
    ),
    Handling.SE_ENHED: Regel(
        "Se en enheds side",
        "En enheds side er for dem, der har en rolle i samme distrikt, og for forvaltningen.",
        PRAKSIS + "adgang efter tjenstligt behov",
    ),
    Handling.SE_FORVALTNING: Regel(
        "Se forvaltningens overblik",
        "Overblikket på tværs af distrikter er for forvaltning og administrator.",
        PRAKSIS + "forvaltningen følger aftalerne, men godkender dem ikke",
    ),
    Handling.SE_AL_POST: Regel(
        "Se al udgående post",
        "Kun administrator kan se, om mails til andre er sendt eller fejlet.",
        PRAKSIS + "administrator har teknikken, ikke indholdet",
    ),
    Handling.GENSEND_BESKED: Regel(
        "Sende en fejlet mail igen",
        "Kun administrator kan sende en mail igen, som ikke kunne afleveres.",
        PRAKSIS + "administrator har teknikken, ikke indholdet",
    ),
    Handling.UDPEG_LEDER: Regel(
        "Udpege ledere",
        "Ledere udpeges af forvaltning eller administrator og aldrig af andre ledere.",
        PRAKSIS + "lederudpegning",
    ),
    Handling.NAEVN_STEDFORTRAEDER: Regel(
        "Udpege en stedfortræder for en periode",
        "En stedfortræder udpeges af enhedens egen leder og kan ikke selv udpege en anden.",
        PRAKSIS + "stedfortræder i leders fravær",
    ),
    Handling.REGISTRER_MEDARBEJDER: Regel(
        "Registrere enhedens medarbejdere",
        "En leder registrerer medarbejderne på sin egen enhed.",
        PRAKSIS + "lederen kender sine medarbejdere",
    ),
    Handling.RET_RAMMER: Regel(
        "Rette rammedokumenter og fagligheder",
        "Rammedokumenter og listen over fagligheder vedligeholdes af forvaltningen.",
        MODEL + "Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk Læringscenter",
        "Arbejdet i og organiseringen af Ressourcecenteret og det Pædagogiske Læringscenter foregår således inden for "
        "denne ramme …",
    ),
    Handling.SE_FORUM: Regel(
        "Se et Ressourcecenter, Læringscenter eller ressourceteam",
        "Et forums side er for dem, der er tilknyttet det, og for dem, der har ansvaret over dem.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Alle aktører knyttet til Ressourcecenteret har ret og pligt til at tage initiativ til samarbejde …",
    ),
    Handling.SE_MANGLER: Regel(
        "Se, hvad der mangler i distriktet",
        "Hvad der mangler, vises for distriktets ledere og koordinatorer og for dem, der har ansvaret over dem.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "… det er skolelederen, der har det overordnede og formelle ansvar for, at det sker.",
    ),
    Handling.UDPEG_KOORDINATOR: Regel(
        "Udpege koordinatorer",
        "Kun skolelederen kan udpege koordinatorer, og der kan højst være to ad gangen.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "… kan udpege en eller to koordinator(er), som leder og koordinerer ressourcepersonernes arbejde …",
    ),
    Handling.NAVNGIV_FORBEREDER: Regel(
        "Navngive en mødeforbereder",
        "Skolelederen kan lade en medarbejder på skolen forberede møder: kladder, lokaler og dokumenter, aldrig "
        "indkaldelser.",
        PRAKSIS + "en skolesekretær kan forberede møder, men sender ikke",
    ),
    Handling.TILKNYT_RESSOURCEPERSON: Regel(
        "Tilknytte ressourcepersoner",
        "Ressourcepersoner tilknyttes af skolelederen eller koordinatoren, og i et ressourceteam af teamets leder.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "… interne medarbejdere med særlige faglige kompetencer samt eksterne ressourcepersoner fra områdets "
        "tværfaglige support.",
    ),
    Handling.DELEGER_DELTAGELSE: Regel(
        "Uddelegere den faste deltagelse",
        "Kun lederen af et fritidscenter, som samarbejder med flere skoler, kan uddelegere den faste deltagelse.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Pædagogiske ledere/institutionsledere fra fritidscentre, som samarbejder med flere skoler, kan uddelegere den "
        "faste deltagelse til medarbejdere som fx teamkoordinatorer.",
    ),
    Handling.RET_LOKALE_REGLER: Regel(
        "Rette forummets lokale regler",
        "Organiseringen aftales lokalt og skrives ind af skolelederen, forummets koordinator eller teamets leder.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Organiseringen af Ressourcecenterets og det Pædagogiske Læringscenters arbejde, herunder mødekadence, aftales "
        "lokalt.",
    ),
    Handling.ANMOD_OM_MOEDE: Regel(
        "Bede om et møde",
        "Alle, der er knyttet til forummet, har både ret og pligt til at bede om et møde.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Alle aktører knyttet til Ressourcecenteret har ret og pligt til at tage initiativ til samarbejde og bede om, "
        "at der bliver indkaldt til et møde …",
    ),
    Handling.SE_ANMODNING: Regel(
        "Se en anmodning om møde",
        "En anmodning ses af dem, der har bedt om mødet, og af dem, der skal svare.",
        PRAKSIS + "en anmodning er mellem den, der beder, og den, der svarer",
    ),
    Handling.EGEN_ANMODNING: Regel(
        "Trække sin anmodning tilbage, lægge filer på den eller forelægge den for lederen",
        "Kun den, der har bedt om mødet, kan trække anmodningen tilbage, lægge filer på den eller forelægge et afslag "
        "for lederen.",
        PRAKSIS + "en anmodning er mellem den, der beder, og den, der svarer",
    ),
    Handling.BESVAR_ANMODNING: Regel(
        "Svare på en anmodning om møde",
        "En anmodning besvares af skolelederen eller koordinatoren, og i et ressourceteam af teamets leder.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Det er lederen/koordinatoren af Ressourcecenteret og evt. det Pædagogiske Læringscenter, der i praksis har "
        "ansvar for at invitere de relevante deltagere ind i samarbejdet …",
    ),
    Handling.BESVAR_FORELAGT: Regel(
        "Svare på en anmodning, der er forelagt lederen",
        "Er et afslag forelagt lederen, svarer lederen selv og ikke koordinatoren.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "… det er skolelederen, der har det overordnede og formelle ansvar for, at det sker.",
    ),
    Handling.SE_MOEDE: Regel(
        "Se et møde, dets punkter og referat",
        "Et møde ses af forummets ledelse, faste deltagere og ressourcepersoner og af dem, der er inviteret; den, der "
        "er inviteret til et punkt, ser kun det punkt.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Fra fritidsinstitutionerne vil den pædagogiske leder/institutionslederen som udgangspunkt være fast deltager "
        "i Ressourcecenterets møder, mens pædagogiske medarbejdere deltager, når det drejer sig om specifikke "
        "problematikker eller udfordringer, som de arbejder med.",
    ),
    Handling.PLANLAEG_MOEDE: Regel(
        "Planlægge møder og dagsordener",
        "Møder og dagsordener planlægges af skolelederen, forummets koordinatorer og skolens mødeforbereder, og i et "
        "ressourceteam af teamets leder.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Organiseringen af Ressourcecenterets og det Pædagogiske Læringscenters arbejde, herunder mødekadence, aftales "
        "lokalt.",
    ),
    Handling.INDKALD: Regel(
        "Indkalde til møde",
        "Der indkaldes af skolelederen og forummets koordinatorer, og til et ressourceteam kun af teamets leder.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Det er lederen/koordinatoren af Ressourcecenteret og evt. det Pædagogiske Læringscenter, der i praksis har "
        "ansvar for at invitere de relevante deltagere ind i samarbejdet …",
    ),
    Handling.FORESLAA_PUNKT: Regel(
        "Foreslå et punkt til dagsordenen",
        "Alle, der er knyttet til forummet, kan foreslå punkter, skole og fritid på lige fod.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Alle aktører knyttet til Ressourcecenteret har ret og pligt til at tage initiativ til samarbejde …",
    ),
    Handling.SVAR_PAA_INDKALDELSE: Regel(
        "Svare på en indkaldelse",
        "Man svarer selv på sin indkaldelse.",
        PRAKSIS + "en indkaldelse er personlig",
    ),
    Handling.VAELG_REPRAESENTANT: Regel(
        "Vælge, hvem der repræsenterer enheden på bestemte møder",
        "Det er enhedens egen leder, der afgør, hvem der repræsenterer den på et møde; er posten ikke besat, er det "
        "klyngelederen.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Det er den pædagogiske leder/institutionslederen af fritidsinstitution eller -center, som afgør, hvem der "
        "repræsenterer fritidsinstitutionen/centeret i særligt Ressourcecenteret",
    ),
    Handling.BEKRAEFT_MEDARBEJDER: Regel(
        "Bekræfte, at en medarbejder deltager i et punkt",
        "Foreslås en medarbejder fra et fritidstilbud til et punkt, er det medarbejderens leder, der bekræfter.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "Det er den pædagogiske leder/institutionslederen af fritidsinstitution eller -center, som afgør, hvem der "
        "repræsenterer fritidsinstitutionen/centeret i særligt Ressourcecenteret",
    ),
    Handling.BED_OM_DELTAGELSE: Regel(
        "Bede om at deltage i ressourceteamets tematiske møder",
        "Lederen af et fritidstilbud kan bede om at deltage; klyngelederen eller netværkskoordinatoren afgør det.",
        MODEL + "Fritidsinstitutioners og fritidscentres deltagelse i klyngen/netværkets ressourceteam",
        "Det er klyngelederen/netværkskoordinatoren, som vurderer, hvornår det er relevant at indkalde "
        "fritidsinstitutioner og -centre til et af ressourceteamets faste, tematiske møder.",
    ),
    Handling.GIV_BIDRAG: Regel(
        "Give bidrag til et punkt",
        "Bidrag gives af dem, der er inviteret til punktet, og af forummets ledelse.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "… deltagernes ansvar at møde velforberedte op til møderne og bidrage med dokumentation, faglige "
        "perspektiver, ideer og forslag til handleplaner.",
    ),
    Handling.LAEG_FIL_PAA: Regel(
        "Lægge filer på et punkt",
        "Filer lægges på af dem, der er inviteret til punktet, af forummets ledelse og af skolens mødeforbereder.",
        PRAKSIS + "den, der forbereder mødet, gør også dokumenterne klar",
    ),
    Handling.SKRIV_REFERAT: Regel(
        "Skrive mødets referat",
        "Referatet skrives af mødets referent eller forummets ledelse.",
        PRAKSIS + "referenten vælges for hvert møde",
    ),
    Handling.LUK_REFERAT: Regel(
        "Sende referatet til bemærkninger og lukke det",
        "Referatet sendes ud og lukkes af skolelederen eller koordinatoren, og i et ressourceteam af teamets leder.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "… ansvarlig for mødeledelse og opfølgning på aftalte handleplaner og tiltag.",
    ),
    Handling.BEMAERK_REFERAT: Regel(
        "Skrive bemærkninger til referatet",
        "Bemærkninger skrives af dem, der var inviteret til punktet, og af forummets ledelse.",
        PRAKSIS + "alle, der var med, kan rette en misforståelse",
    ),
    Handling.SE_OPGAVE: Regel(
        "Se en opgave fra et møde",
        "En opgave ses af dem, der ser punktet, og af den, der er ansvarlig.",
        PRAKSIS + "en opgave har én ansvarlig",
    ),
    Handling.FOELG_OP: Regel(
        "Følge op på en opgave",
        "Der følges op af den ansvarlige selv og af forummets ledelse, som følger op på alle forummets opgaver.",
        MODEL + "Deltagere, ansvar og rollefordeling i samarbejdet",
        "… ansvarlig for mødeledelse og opfølgning på aftalte handleplaner og tiltag.",
    ),
    Handling.RET_AARSHJUL: Regel(
        "Rette årshjulets datoer",
        "Datoerne for årets aftale fastsættes af forvaltningen.",
        MODEL + "Indledning",
        "Skole og institutioner indgår hvert år en samarbejdsaftale om Stærkt samarbejde …",
    ),
    Handling.OPRET_AFTALE: Regel(
        "Oprette årets aftale",
        "Årets aftale oprettes af en leder af en skole eller institution i distriktet.",
        MODEL + "Stærkt samarbejde",
        "Der udarbejdes en lokal samarbejdsaftale mellem skoler og institutioner i et skoledistrikt.",
    ),
    Handling.SE_TILSTAND: Regel(
        "Se en aftales tilstand og datoer",
        "Tilstand og datoer kan ses af alle med en aktiv rolle i distriktet og af forvaltningen.",
        PRAKSIS + "åbenhed om, hvor aftalen er",
    ),
    Handling.LAES_KLADDE: Regel(
        "Læse en aftale, før den er indgået",
        "En kladde er fortrolig mellem parterne, deres medarbejdere, koordinatorer og klyngeledere, indtil aftalen er "
        "indgået.",
        PRAKSIS + "et fortroligt skriverum",
    ),
    Handling.LAES: Regel(
        "Læse en indgået aftale",
        "En indgået aftale kan læses af alle med en aktiv rolle i distriktet og af forvaltningen.",
        MODEL + "Stærkt samarbejde",
        "Formålet med samarbejdsaftalen er at beskrive den overordnede strategiske retning, man lokalt vælger, at "
        "samarbejdet skal tage …",
    ),
    Handling.SKRIV_AFTALE: Regel(
        "Skrive i aftalen",
        "Aftalen skrives af parternes ledere i fællesskab, skole og fritid på lige fod.",
        MODEL + "Stærkt samarbejde",
        "… de i fællesskab udfærdiger de strategiske målsætninger og planlægger udmøntningen af dem.",
    ),
    Handling.VAELG_PARTER: Regel(
        "Vælge aftalens parter",
        "Parterne vælges af tovholderen, skolelederen på tovholderskolen.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.SEND_TIL_GODKENDELSE: Regel(
        "Sende aftalen til godkendelse",
        "Aftalen sendes til godkendelse af tovholderen, skolelederen på tovholderskolen.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.TRAEK_TILBAGE: Regel(
        "Trække aftalen tilbage til kladde",
        "Kun tovholderen kan trække aftalen tilbage fra godkendelse, så teksten kan rettes.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.ANNULLER_AFTALE: Regel(
        "Annullere en aftale, der ikke er indgået",
        "Kun tovholderen kan annullere en aftale, og kun før den er indgået.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.GODKEND: Regel(
        "Godkende for en part",
        "En part godkendes af partens egen leder; er posten ledig, af klyngelederen, og for en KKFO af skolelederen.",
        MODEL + "Indledning",
        "Skole og institutioner indgår hvert år en samarbejdsaftale om Stærkt samarbejde …",
    ),
    Handling.KAN_IKKE_GODKENDE: Regel(
        "Svare «Kan ikke godkende endnu»",
        "Kun den, der kan godkende for parten, kan svare, at parten ikke kan godkende endnu.",
        MODEL + "Indledning",
        "Skole og institutioner indgår hvert år en samarbejdsaftale om Stærkt samarbejde …",
    ),
    Handling.FORTRYD_GODKENDELSE: Regel(
        "Trække sin godkendelse tilbage",
        "En godkendelse kan trækkes tilbage af den, der svarer for parten, indtil aftalen er indgået.",
        PRAKSIS + "man kan fortryde, indtil alle har godkendt",
    ),
    Handling.INDGAA_UDEN_SVAR: Regel(
        "Indgå aftalen uden en part, der ikke har svaret",
        "Når fristen er gået, kan tovholderen indgå aftalen uden en part, der ikke har svaret; pladsen står åben.",
        PRAKSIS + "en tavs part holder ikke de andre tilbage",
    ),
    Handling.TILTRAED: Regel(
        "Tiltræde en indgået aftale",
        "En part, der ikke nåede at godkende, tiltrædes af den, der kan godkende for parten.",
        PRAKSIS + "en part kan komme med senere til den samme tekst",
    ),
    Handling.OPTAG_PART: Regel(
        "Optage en part, efter at teksten er låst",
        "En part, der kommer til sent, optages af tovholderen; de andre skal ikke godkende igen.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.LAD_UDTRAEDE: Regel(
        "Skrive, at en part er trådt ud",
        "Træder en part ud, fx fordi den lukker, skrives det på aftalen af tovholderen med dato og grund.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.OPHAEV_AFTALE: Regel(
        "Ophæve en indgået aftale",
        "Kun tovholderen kan ophæve en indgået aftale, og kun med en grund, som alle parter kan læse.",
        PRAKSIS + "skolelederen er tovholder",
    ),
}
REGLER |= {handling: Regel(*felter) for handling, felter in SAMSKRIVNING.items()}

"""Beside every guarded act its rule: one Danish sentence and its source (S53)."""

from samarbejde.handlinger import Handling
from samarbejde.moederegler import MOEDEREGLER
from samarbejde.regel import MODEL, PRAKSIS, Regel
from samarbejde.samskriveregler import SAMSKRIVEREGLER

__all__ = ["MODEL", "PRAKSIS", "REGLER", "Regel"]

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
    Handling.EKSPORTER: Regel(
        "Hente alle aftaler til journal og arkiv",
        "Kun forvaltningen, som læser alle indgåede aftaler, kan hente dem samlet.",
        PRAKSIS + "forvaltningen journaliserer og afleverer til arkiv",
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
    **MOEDEREGLER,
    **SAMSKRIVEREGLER,
    Handling.RET_AARSHJUL: Regel(
        "Rette årshjulets datoer",
        "Datoerne for årets aftale fastsættes af forvaltningen.",
        MODEL + "Indledning",
        "Skole og institutioner indgår hvert år en samarbejdsaftale om Stærkt samarbejde …",
    ),
    Handling.RET_VEJLEDNING: Regel(
        "Rette vejledningen, hvor aftalen skrives",
        "Vejledning, eksempler og kilder ved felterne rettes af forvaltningen.",
        PRAKSIS + "forvaltningen hjælper alle distrikter med den samme vejledning",
    ),
    Handling.RET_MAALOMRAADE: Regel(
        "Rette ordlyden af de seks målområder",
        "De seks målområders navne og beskrivelser rettes af forvaltningen; numrene ligger fast.",
        MODEL + "Stærkt samarbejde",
        "Målene for det forpligtende samarbejde i Stærkt samarbejde omhandler:",
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
        "Aftalen skrives af parternes ledere i fællesskab, skole og fritid på lige fod, og af skolens koordinator, når "
        "skolelederen giver lov.",
        MODEL + "Stærkt samarbejde",
        "… de i fællesskab udfærdiger de strategiske målsætninger og planlægger udmøntningen af dem.",
    ),
    Handling.LAD_KOORDINATOR_SKRIVE: Regel(
        "Lade skolens koordinatorer skrive med på aftalen",
        "Kun skolelederen kan lade skolens koordinatorer skrive med, og skolelederen kan afslutte det igen.",
        PRAKSIS + "koordinatoren skriver på skolelederens vegne",
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
    Handling.LAV_NY_VERSION: Regel(
        "Begynde på en ny version af en aftale, der gælder",
        "Kun tovholderen kan begynde på en ny version; den gamle gælder, indtil alle parter har godkendt den nye.",
        PRAKSIS + "en indgået tekst rettes kun ved, at alle godkender på ny",
    ),
    Handling.SKIFT_TOVHOLDER: Regel(
        "Udpege en anden tovholderskole",
        "En anden folkeskole i distriktet udpeges som tovholder af forvaltningen.",
        PRAKSIS + "skolelederen er tovholder",
    ),
}

"""The rules of meetings, requests and minutes; all the others are in `samarbejde.regler` (S53)."""

from samarbejde.handlinger import Handling
from samarbejde.regel import MODEL, PRAKSIS, Regel

MOEDEREGLER: dict[Handling, Regel] = {
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
}

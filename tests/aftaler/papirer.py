"""A short, a long and a nasty agreement as plain data, and what judges their PDFs: no row is written for them."""

import io
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import outloud
import pdfua
import pikepdf

from aftaler import papir, pdf
from aftaler.aarshjul import Aarshjul, standard
from aftaler.vejledninger import Vejledning
from samarbejde.pdf import Bilag, til_pdf
from samarbejde.skolekalender import foerste_dag, sidste_dag

KL = datetime(2026, 9, 14, 8, 30, tzinfo=UTC)
OMRAADER = {1: "Børne- og ungefællesskaber", 2: "Udsatte børn", 3: "Overgange", 4: "Fælles fokus", 5: "Forankring"}
NAVNE = {"s1": "Lindeskolen", "k1": "KKFO Lindely", "f1": "Fritidscenter Havnen"}
PROSA = (
    "Skolen, fritidsinstitutionen og fritidscentret vil i år samle kræfterne om overgangene, så hvert barn bliver "
    "mødt af voksne, der kender det. Vi bruger de samme ord om trivsel, og vi planlægger sammen."
)
VISION = (
    "Visionen for de københavnske fritidstilbud og skoler er, at de har en høj kvalitet og er attraktive for børn, "
    "forældre og medarbejdere."
)
FRA_WORD = "Mål\tAnsvarlig\tFrist\nOvergange\tLindeskolen\t1. marts\n\n• Første\no Andet\n\n| a | b |\n|---|---|"
GRIMT = (
    f"{'Donaudampfschifffahrtsgesellschaftskapitän' * 6} Zażółć gęślą jaźń, Ελληνικά, Привет, مرحبا بكم في المدرسة, "
    "שלום, Tiếng Việt, 🎉 👍🏽 👩‍👩‍👧 🇩🇰 ❤️ ✅ ☐ → ≥ ½ ﬁn <b>ikke fed</b> & «citat»"
)


def aktivitet(nummer=1, **felter):
    return {
        "titel": f"Besøgsuge {nummer} i maj og juni",
        "art": "tiltag" if nummer % 3 == 2 else "aktivitet",
        "beskrivelse": PROSA,
        "ansvarlige": ["k1", "s1"],
        "fra": "2027-05-03",
        "til_og_med": "2027-06-11",
        "tegn": "Alle kommende skolebørn har været på besøg mindst to gange.",
        **felter,
    }


def maal(nummer=1, *, delmaal=2, aktiviteter=2, **felter):
    return {
        "titel": f"Alle børn har en kendt voksen med sig over overgang {nummer}",
        "omraader": [3, 2],
        "beskrivelse": PROSA,
        "realisering": f"{PROSA}\n\n- Vi mødes to gange\n- Vi evaluerer i maj",
        "delmaal": [
            {
                "titel": f"Fælles overgangsforløb {n}",
                "beskrivelse": PROSA,
                "aktiviteter": [aktivitet(a + 1) for a in range(aktiviteter)],
            }
            for n in range(delmaal)
        ],
        **felter,
    }


def indhold(antal_maal):
    return {"behov": f"{PROSA}\n\n{PROSA}", "retning": PROSA, "maal": [maal(n + 1) for n in range(antal_maal)]}


def grimt_indhold():
    tom = aktivitet(titel="x", beskrivelse="", ansvarlige=[], fra=None, til_og_med=None, tegn="")
    lang = aktivitet(titel=(GRIMT * 2)[:300], beskrivelse=f"{FRA_WORD}\n\n{PROSA * 30}", tegn=GRIMT, til_og_med=None)
    delmaal = [{"titel": GRIMT[:300], "beskrivelse": "", "aktiviteter": [tom, lang]}]
    return {
        "behov": f"{FRA_WORD}\n\n{GRIMT}\n\n1. et\n   - to\n     - tre\n\n**fed *og kursiv***",
        "retning": "مرحبا بكم في المدرسة",
        "maal": [
            maal(1, titel=GRIMT[:300], beskrivelse=GRIMT, omraader=[1, 2, 3, 4, 5], realisering="", delmaal=0),
            maal(2, titel="x" * 300) | {"delmaal": delmaal, "omraader": []},
        ],
    }


def parter(antal, grim=False):
    arter = ["skole", "fritidsinstitution", "fritidscenter", "daginstitution"]
    return [_part(nummer, arter[nummer % 4], grim) for nummer in range(antal)]


def _part(nummer, art, grim):
    navn = ["Lindeskolen", "KKFO Lindely", "Fritidscenter Havnen", "Børnehuset Åkanden"][nummer % 4]
    navn = f"{navn} {nummer}" if nummer > 3 else navn
    navn = f"{navn} {'Supercalifragilistic' * 5} 李" if grim and nummer == 1 else navn
    enhed = type("Enhed", (SimpleNamespace,), {"__str__": lambda self: self.navn})(navn=navn, art=art)
    underskrift = f"Pia Dahl {nummer}, leder" + (", på vegne af enheden, hvor lederposten var ledig" if grim else "")
    godkendelse = SimpleNamespace(enhedsnavn=navn, underskrift=underskrift, godkendt_den=KL)
    tilstand = "afventer" if grim and nummer == 2 else "godkendt"
    return SimpleNamespace(
        enhed=enhed, enhed_id=nummer, art=art, tilstand=tilstand, er_frivillig=nummer == 2, godkendelse=godkendelse
    )


def data(tekst, alle_parter, distrikt="Valby Øst", *, udkast=False, kode="B7KM2QXR9TWD"):
    aar = Aarshjul(
        **standard(2026), gaelder_fra=foerste_dag(2026), gaelder_til_og_med=sidste_dag(2026), naeste_frist=KL.date()
    )
    aftale = SimpleNamespace(
        distrikt=distrikt, skoleaar=2026, erstatter=None, nummer=1, indgaaet_den=KL, tovholder_id=0, uden_svar_grund=""
    )
    return {
        "aftale": aftale,
        "aarshjul": aar,
        "parter": alle_parter,
        "partsgrupper": papir._efter_art(alle_parter),
        "overskrifter": {"behov": "Behov og udfordringer", "retning": "Strategisk retning"},
        "vision": Vejledning(tekst=VISION, kilde="Samarbejdsmodellen, afsnit Indledning"),
        "dokument": SimpleNamespace(loebenummer=1, indhold_id="ab12" * 16, bestilt_den=KL),
        "udkast": udkast,
        "stil": papir.stil(),
        **papir.til_kontrol(kode),
        "qr": pdf.qr("http://testserver/verificer/B7KM2QXR9TWD/") if kode else "",
        **papir.fast(),
        **papir.tekst_af(tekst, OMRAADER, NAVNE),
    }


SLAGS = {
    "kort": lambda: data(indhold(2), parter(4)),
    "lang": lambda: data(indhold(19), parter(24), "Nørrebro, Bispebjerg og Ydre Østerbro"),
    "grim": lambda: data(grimt_indhold(), parter(5, grim=True), GRIMT[:120], kode=""),
    "udkast": lambda: data(indhold(2), parter(4), udkast=True),
}


@cache
def html(slags):
    return papir.som_html(SLAGS[slags]())


@cache
def lavet(slags):
    bilag = [Bilag("aftale.json", b'{"skema":"samarbejdsaftale/1"}', "Aftalen som data")]
    return til_pdf(html(slags), bilag=bilag, oprettet=KL, segl=slags != "udkast")


def aabnet(pdf_bytes):
    return pikepdf.open(io.BytesIO(pdf_bytes))


def dom(pdf_bytes):
    """What qpdf, outloud and pdfua find wrong."""
    with tempfile.TemporaryDirectory() as mappe:
        fil = Path(mappe) / "x.pdf"
        fil.write_bytes(pdf_bytes)
        oplaest = outloud.check(str(fil))
        ua = pdfua.validate(str(fil))
    fejl = [f"qpdf: {linje}" for linje in aabnet(pdf_bytes).check_pdf_syntax()]
    fejl += [f"outloud: {f}" for f in oplaest.findings if f.severity == "error"] + [oplaest.error or ""]
    fejl += [f"pdfua: {f.rule_id} {f.message}" for f in ua.findings if f.severity.name == "ERROR"]
    return [linje for linje in fejl if linje]


def tomme_kasser(pdf_bytes):
    """How many glyphs are .notdef: all our fonts are written with two bytes for each glyph."""
    glyffer = [glyf for side in aabnet(pdf_bytes).pages for glyf in _glyffer(side)]
    assert len(glyffer) > 100
    return glyffer.count(b"\0\0")


def _glyffer(side):
    for operander, operator in pikepdf.parse_content_stream(side):
        if str(operator) in {"TJ", "Tj"}:
            dele = operander[0] if str(operator) == "TJ" else operander
            for raa in (bytes(en) for en in dele if isinstance(en, pikepdf.String)):
                yield from (raa[plads : plads + 2] for plads in range(0, len(raa), 2))

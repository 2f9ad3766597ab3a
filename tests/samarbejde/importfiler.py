"""A small municipality as import files, for the tests of the importer: change one sheet, keep the rest."""

import csv
import io
from datetime import date

from openpyxl import Workbook

ENHEDER = """\
kode,navn,art,ejerform,kkfo,gyldig_fra,gyldig_til,efterfoelger
omr,Område Klit,omraade,,,2015-08-01,,
skole,Klitskolen,skole,kommunal,nej,2015-08-01,,
kkfo,KKFO Klit,fritidsinstitution,kommunal,ja,01-08-2019,,
klynge,Klynge Klit,klynge,,,2015-08-01,,
hus,Børnehuset Lyng,daginstitution,kommunal,nej,2015-08-01,,
"""
DISTRIKTER = """\
kode,navn,uden_geografi,gyldig_fra,gyldig_til
d-klit,Klit,nej,2015-08-01,
"""
TILKNYTNINGER = """\
enhed,til,gyldig_fra,gyldig_til
skole,d-klit,2015-08-01,
omr,d-klit,2015-08-01,
kkfo,skole,2019-08-01,
hus,klynge,2015-08-01,
"""
PERSONER = """\
kode,navn,email,udloeber,beskyttet
p1,Ane Klit,ane@demo.example,,nej
p2,Bo Lyng,bo@demo.example,31-07-2030,nej
p3,Dagny Hav,dagny@demo.example,,ja
"""
ROLLER = """\
person,rolle,enhed,gyldig_fra,gyldig_til,titel,konstitueret,primaer
p1,skoleleder,skole,2020-08-01,,,nej,ja
p2,fritidsleder,kkfo,2020-08-01,,,ja,ja
p3,medarbejder,skole,2015-08-01,31-07-2020,lærer,nej,ja
p3,medarbejder,skole,2021-08-01,,lærer,nej,ja
"""
FERIER = """\
navn,fra,til_og_med
vinterferie,2027-02-15,2027-02-19
"""
ARK = {
    "enheder": ENHEDER,
    "distrikter": DISTRIKTER,
    "tilknytninger": TILKNYTNINGER,
    "personer": PERSONER,
    "roller": ROLLER,
    "ferier": FERIER,
}
DATOER = {"gyldig_fra", "gyldig_til", "udloeber", "fra", "til_og_med"}


def mappe(sti, **ark):
    """The whole municipality with these sheets instead; None leaves a sheet out."""
    sti.mkdir(exist_ok=True)
    for navn, tekst in {**ARK, **ark}.items():
        fil = sti / f"{navn}.csv"
        fil.unlink(missing_ok=True)
        if tekst is not None:
            fil.write_text(tekst, encoding="utf-8")
    return sti


def kun(sti, **ark):
    return mappe(sti, **{**dict.fromkeys(ARK), **ark})


def regneark(fil, **ark):
    """The same as .xlsx, dates as date cells. A list of rows is written as it is."""
    bog = Workbook()
    bog.remove(bog.active)
    for navn, indhold in {**ARK, **ark}.items():
        if indhold is None:
            continue
        side = bog.create_sheet(navn)
        for raekke in indhold if isinstance(indhold, list) else _celler(indhold):
            side.append(raekke)
    bog.save(fil)
    return fil


def _celler(tekst):
    hoved, *raekker = csv.reader(io.StringIO(tekst))
    yield hoved
    for raekke in raekker:
        yield [_celle(navn, vaerdi) for navn, vaerdi in zip(hoved, raekke, strict=True)]


def _celle(navn, vaerdi):
    if vaerdi and navn in DATOER:
        dele = vaerdi.split("-")
        return date.fromisoformat("-".join(dele if len(dele[0]) == 4 else reversed(dele)))
    return vaerdi or None

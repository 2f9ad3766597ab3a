"""What WeasyPrint leaves to be done before its PDF is both PDF/A-3a and PDF/UA-1, on its tree and before the bytes are
written: the XMP says both, page numbers are artifacts, every TH says what it heads, and there is one empty seal field.
"""

from collections.abc import Callable, Iterator
from typing import Any

from pydyf import PDF, Array, Dictionary, String

SEGL = "Segl"
_SEGL_TEKST = "Elektronisk segl fra Stærkt samarbejde"
_KUN_UDSKRIFT_OG_LAAST = 132
_UNDERSKREVET_OG_KUN_TILFOEJ = 3
# PDF/A allows only the XMP it knows; the words of PDF/UA are taught to it by this extension schema.
_PDFUA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def ogsaa_pdfua(metadata: Any) -> None:
    """The library's own option for more XMP lands outside the RDF, where nobody reads it."""
    lav: Callable[..., bytes] = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *a: lav(*a).replace(b"</rdf:RDF>", _PDFUA + b"</rdf:RDF>")


def goer_faerdig(pdf: PDF, bilagsarter: list[str], segl: bool) -> None:
    trae = _Trae(pdf)
    bilag = [ting for ting in pdf.objects if getattr(ting, "extra", {}).get("Type") == "/EmbeddedFile"]
    for fil, art in zip(bilag, bilagsarter, strict=True):
        fil.extra["Subtype"] = f"/{art.replace('/', '#2f')}"
    trae.marginer_er_artefakter()
    trae.overskrifter_siger_hvad_de_er_over()
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = Array(dict.fromkeys(pdf.catalog["AF"]))
    if segl:
        trae.tomt_seglfelt()


class _Trae:
    """The structure tree of one document, as WeasyPrint has just built it."""

    def __init__(self, pdf: PDF) -> None:
        self.pdf = pdf
        self.rod = self._hent(pdf.catalog["StructTreeRoot"])
        self.numre = self._hent(self.rod["ParentTree"])["Nums"]

    def _hent(self, reference: Any) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def _boern(self, element: Any) -> Iterator[Any]:
        return (self._hent(barn) for barn in element.get("K", ()) if isinstance(barn, bytes))

    def _alle(self) -> list[Any]:
        fundne, venter = [], [self._hent(self.rod["K"][0])]
        while venter:
            fundne.append(element := venter.pop())
            venter.extend(barn for barn in self._boern(element) if barn.get("Type") == "/StructElem")
        return fundne

    def marginer_er_artefakter(self) -> None:
        """Page numbers are marked as content that no structure reaches: a reader would neither say nor skip them."""
        naaede = {element.reference for element in self._alle()}
        for nummer, side in enumerate(self._sider()):
            ejere = self.numre[2 * nummer + 1]
            loese = {mcid for mcid, ejer in enumerate(ejere) if ejer not in naaede}
            for mcid in loese:
                self._hent(ejere[mcid]).clear()
                ejere[mcid] = "null"
            _som_artefakter(self._hent(side["Contents"]).stream, loese)

    def _sider(self) -> list[Any]:
        return [self.pdf.objects[nummer] for nummer in self.pdf.pages["Kids"][::3]]

    def overskrifter_siger_hvad_de_er_over(self) -> None:
        for raekke in self._alle():
            if raekke.get("S") == "/TR":
                celler = list(self._boern(raekke))
                retning = "/Row" if any(celle["S"] == "/TD" for celle in celler) else "/Column"
                for celle in celler:
                    if celle["S"] == "/TH":
                        celle["A"]["Scope"] = retning

    def tomt_seglfelt(self) -> None:
        """One field to sign, invisible, on the last page; sealed once, last (samarbejde.segl)."""
        side, dokument = self._sider()[-1], self._hent(self.rod["K"][0])
        felt = self._ny({"Type": "/Annot", "Subtype": "/Widget", "FT": "/Sig", "T": String(SEGL)})
        form = self._ny({"Type": "/StructElem", "S": "/Form", "Pg": side.reference, "P": dokument.reference})
        objr = self._ny({"Type": "/OBJR", "Obj": felt.reference, "Pg": side.reference})
        form["K"] = Array([objr.reference])
        plads = self.numre[-2] + 1
        felt.update(TU=String(_SEGL_TEKST), Rect=Array([0, 0, 0, 0]), F=_KUN_UDSKRIFT_OG_LAAST)
        felt.update(StructParent=plads, P=side.reference)
        self.numre.extend([plads, form.reference])
        dokument["K"].append(form.reference)
        side.setdefault("Annots", Array()).append(felt.reference)
        self.pdf.catalog["AcroForm"] = Dictionary(
            {"Fields": Array([felt.reference]), "SigFlags": _UNDERSKREVET_OG_KUN_TILFOEJ}
        )

    def _ny(self, indhold: dict[str, Any]) -> Dictionary:
        objekt = Dictionary(indhold)
        self.pdf.add_object(objekt)
        return objekt


def _som_artefakter(stroem: list[Any], loese: set[int]) -> None:
    for plads, ting in enumerate(stroem):
        if isinstance(ting, Dictionary) and ting.get("MCID") in loese:
            stroem[plads - 1], stroem[plads] = "/Artifact", Dictionary({"Type": "/Pagination"})

// Text pasted from Word keeps its lists: they become lines with «- » or «1. ». Without this it is pasted as plain text.
(() => {
  "use strict";
  const BLOKKE = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, blockquote";
  const LINJESKIFT = "\u2028";

  const laes = (el) => {
    const kopi = el.cloneNode(true);
    kopi.querySelectorAll("ul, ol").forEach((liste) => liste.remove());
    return kopi.textContent.replace(/[^\S\u2028]+/g, " ").replace(/ ?\u2028 ?/g, "\n").trim();
  };

  // Word on the desktop writes a list as paragraphs, each with its mark in a part of its own.
  const fraWord = (el) => {
    const niveau = /mso-list:[^;"]*level(\d+)/i.exec(el.getAttribute("data-stil") || "");
    if (!niveau) return null;
    const maerke = [...el.querySelectorAll("[data-stil*='mso-list']")].find((et) => /ignore/i.test(et.getAttribute("data-stil")));
    const tal = /^\s*(\d+)[.)]/.exec(maerke ? maerke.textContent : "");
    if (maerke) maerke.remove();
    return { dybde: Number(niveau[1]) - 1, tegn: tal ? `${tal[1]}.` : "-" };
  };
  const fraListe = (el) => {
    const lister = [];
    for (let over = el.parentElement; over; over = over.parentElement) if (over.matches("ul, ol")) lister.push(over);
    const nummer = [...el.parentElement.children].filter((et) => et.matches("li")).indexOf(el) + 1;
    return { dybde: Math.max(lister.length - 1, 0), tegn: el.parentElement.matches("ol") ? `${nummer}.` : "-" };
  };

  const somTekst = (html) => {
    // The page's Content-Security-Policy allows no styles, and says so also of what is only read.
    const udenStil = html.replace(/<style[\s\S]*?<\/style>/gi, "");
    const kun = udenStil.replace(/<[^>]+>/g, (maerke) => maerke.replace(/\sstyle\s*=/gi, " data-stil="));
    const krop = new DOMParser().parseFromString(kun, "text/html").body;
    krop.querySelectorAll("script, title").forEach((et) => et.remove());
    krop.querySelectorAll("br").forEach((et) => et.replaceWith(LINJESKIFT));
    let tekst = "", varPunkt = false, harListe = false, laest = "";
    for (const el of krop.querySelectorAll(BLOKKE)) {
      const iPunkt = el.parentElement.closest("li");
      if ((iPunkt && !el.matches("li")) || (!el.matches("li") && el.querySelector(BLOKKE))) continue;
      const punkt = el.matches("li") ? fraListe(el) : fraWord(el);
      const ord = laes(el);
      laest += ord;
      if (!ord) continue;
      harListe = harListe || Boolean(punkt);
      if (tekst) tekst += punkt && varPunkt ? "\n" : "\n\n";
      tekst += punkt ? `${"   ".repeat(punkt.dybde)}${punkt.tegn} ${ord}` : ord;
      varPunkt = Boolean(punkt);
    }
    // Not a word may be lost: what is not understood is left to the browser.
    const ens = (a) => a.replace(/\s+/g, "");
    return harListe && ens(laest) === ens(krop.textContent) ? tekst : "";
  };

  document.addEventListener("paste", (h) => {
    const felt = h.target;
    if (!felt.matches || !felt.matches("form[data-vaern] textarea")) return;
    const tekst = somTekst(h.clipboardData.getData("text/html"));
    if (!tekst) return;
    h.preventDefault();
    // Kept in the field's own history, so that it can be undone with the keyboard.
    if (!document.execCommand("insertText", false, tekst)) {
      felt.setRangeText(tekst, felt.selectionStart, felt.selectionEnd, "end");
      felt.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
})();

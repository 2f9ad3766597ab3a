// Where one writes an agreement or minutes; each part works without the others, and the page without all of them.

// Saves a form a moment after typing: <form data-gem-selv>, or so many milliseconds after. Its button does the same
// without this.
(() => {
  "use strict";
  const STRAKS = 1500;
  const IGEN = 10000;

  document.querySelectorAll("form[data-gem-selv]").forEach((form) => {
    const status = form.querySelector("[data-status]");
    const OM_LIDT = Number(form.dataset.gemSelv) || STRAKS;
    const knap = form.querySelector("[type=submit]").firstChild.textContent.trim();
    let ur, igang, stoppet, tastet = 0;

    const planlaeg = (ms) => {
      clearTimeout(ur);
      if (!stoppet) ur = setTimeout(gem, ms);
    };
    const sig = (besked, fejl) => {
      status.textContent = besked;
      status.classList.toggle("fejl", Boolean(fejl));
    };
    const send = async () => {
      const set = tastet;
      try {
        const valg = { method: "POST", headers: { Accept: "application/json" }, redirect: "manual" };
        const svar = await fetch(form.action, { ...valg, body: new URLSearchParams(new FormData(form)) });
        const json = /^application\/json/.test(svar.headers.get("Content-Type")) ? await svar.json() : null;
        if (!svar.ok || !json) {
          stoppet = svar.status !== 422;
          return sig(json ? json.besked : `Ikke gemt. Tryk «${knap}», så mister du ikke teksten.`, true);
        }
        for (const [navn, vaerdi] of Object.entries(json.felter)) form.elements[navn].value = vaerdi;
        if (set !== tastet) return planlaeg(OM_LIDT);
        sig(json.besked);
        form.dispatchEvent(new CustomEvent("gemt", { bubbles: true }));
      } catch {
        sig("Ingen forbindelse. Teksten er ikke gemt endnu, men der prøves igen om lidt.", true);
        planlaeg(IGEN);
      }
    };
    const gem = () => {
      if (igang) return planlaeg(OM_LIDT);
      igang = send().finally(() => (igang = undefined));
    };

    form.addEventListener("input", () => {
      tastet += 1;
      sig("");
      planlaeg(OM_LIDT);
    });
    // The button waits for a save that is under way: it would else meet its own new version.
    form.addEventListener("submit", (h) => {
      clearTimeout(ur);
      if (!igang) return;
      h.preventDefault();
      igang.then(() => {
        clearTimeout(ur);
        form.requestSubmit();
      });
    });
  });
})();

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

// Tells where one writes, and shows who else does: <div data-her-nu="address" data-sted="place">. Only while it is seen.
(() => {
  "use strict";
  const HVERT = 31000; // the server writes at most every thirty seconds
  const her = document.querySelector("[data-her-nu]");
  const tegn = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!her || !tegn) return;
  let sidst = 0;

  const vis = (html) => {
    if (html !== her.innerHTML) her.innerHTML = html; // the same line again is not read aloud again
  };
  const meld = async () => {
    if (document.visibilityState !== "visible" || Date.now() - sidst < HVERT - 500) return;
    sidst = Date.now();
    const body = new URLSearchParams({ sted: her.dataset.sted, csrfmiddlewaretoken: tegn.value });
    try {
      const svar = await fetch(her.dataset.herNu, { method: "POST", body, redirect: "manual" });
      vis(svar.ok ? await svar.text() : "");
    } catch {
      vis(""); // no connection: what was true before is not known now
    }
  };

  meld();
  setInterval(meld, HVERT);
  document.addEventListener("visibilitychange", meld);
})();

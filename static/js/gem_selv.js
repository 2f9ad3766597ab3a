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

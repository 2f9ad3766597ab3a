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

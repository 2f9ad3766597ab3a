// On every page; each works without it. Where one writes there is more: skriv.js.
(() => {
  "use strict";

  // The error summary takes focus, also where autofocus is not honoured on a div.
  const fejl = document.querySelector(".fejlopsummering");
  if (fejl) addEventListener("load", () => document.activeElement === document.body && fejl.focus());

  // A link to an error moves focus into the control, also when it is the first of a group.
  document.addEventListener("click", (h) => {
    const link = h.target.closest(".fejlopsummering a[href^='#']");
    const felt = link && document.getElementById(link.hash.slice(1));
    const styring = felt && (felt.matches("input,select,textarea,button") ? felt : felt.querySelector("input,select,textarea"));
    if (!styring) return;
    h.preventDefault();
    felt.scrollIntoView({ block: "center" });
    styring.focus({ preventScroll: true });
  });

  // Two clicks are one submission. Undone when the page comes back from the browser's cache.
  const sendt = new WeakSet();
  const aendret = new Set(); // forms with unsaved text, see below
  document.addEventListener("submit", (h) => {
    if (h.defaultPrevented) return;
    if (sendt.has(h.target)) return h.preventDefault();
    if (h.target.method !== "post") return;
    const form = h.target;
    sendt.add(form);
    aendret.delete(form);
    setTimeout(() => sendt.delete(form), 8000);
  });
  addEventListener("pageshow", (h) => {
    if (h.persisted) document.querySelectorAll("form").forEach((f) => sendt.delete(f));
  });

  // Leaving a form with unsaved text asks first: <form data-vaern>.
  document.addEventListener("input", (h) => {
    const form = h.target.closest("form[data-vaern]");
    if (form) aendret.add(form);
  });
  document.addEventListener("gemt", (h) => aendret.delete(h.target));
  addEventListener("beforeunload", (h) => {
    if (aendret.size) h.preventDefault();
  });

  // <button type="button" data-udskriv hidden>: shown only where it can work.
  document.querySelectorAll("[data-udskriv]").forEach((knap) => {
    knap.hidden = false;
    knap.addEventListener("click", () => print());
  });
})();

"use strict";
// Links do the finding, so that the page works without this script too; it marks what was found, and lets the
// words of a clause, which are no link, be clicked.
(() => {
  const holders = new Map();
  for (const element of document.querySelectorAll("[data-keys]")) {
    for (const key of element.dataset.keys.split(" ")) {
      if (!holders.has(key)) holders.set(key, []);
      holders.get(key).push(element);
    }
  }
  let found = [];

  function show() {
    for (const element of found) element.classList.remove("found");
    const match = /^#[bt]-([cpmd]\d+)$/.exec(location.hash);
    found = match ? holders.get(match[1]) || [] : [];
    for (const element of found) element.classList.add("found");
    const target = match && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const folded = target.closest("details");
    if (folded && !folded.open) folded.open = true;
    target.scrollIntoView({ block: "center" });
    const place = target.matches("a") ? target : target.querySelector("a");
    if (place) place.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link) {
      // Going to where one already is fires no event of its own.
      if (link.getAttribute("href") === location.hash) { event.preventDefault(); show(); }
      return;
    }
    const words = event.target.closest(".seg");
    if (!words || String(getSelection())) return;
    const keys = words.dataset.keys.split(" ");
    const hash = "#b-" + keys[keys.length - 1];
    if (hash === location.hash) show(); else location.hash = hash;
  });
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
  show();
})();

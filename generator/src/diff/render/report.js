"use strict";
const search = document.getElementById("search");
const api = document.getElementById("api");
const count = document.getElementById("count");
const findings = Array.from(document.querySelectorAll(".finding"));
const texts = new Map(findings.map((it) => [it, it.textContent.toLowerCase()]));
const chosen = (name) =>
  new Set(Array.from(document.querySelectorAll(`input[name=${name}]:checked`), (it) => it.value));

function apply() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const levels = chosen("level");
  const whom = chosen("judgement");
  let shown = 0;
  for (const it of findings) {
    const section = it.closest("section");
    const fits = (!api || !api.value || section.dataset.api === api.value)
      && levels.has(it.dataset.level)
      && (it.dataset.whom === "" || it.dataset.whom.split(" ").some((name) => whom.has(name)))
      && words.every((word) => texts.get(it).includes(word));
    it.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const it of document.querySelectorAll("section")) {
    it.hidden = !it.querySelector(".finding:not([hidden])");
  }
  count.textContent = `${shown} of ${findings.length} changes`;
}

document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
document.querySelector(".controls").addEventListener("input", apply);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});
// A test or a link may ask for a view: `#q=age` searches, `#0123456789ab` opens one change.
const wanted = decodeURIComponent(location.hash.slice(1));
if (wanted.startsWith("q=")) {
  search.value = wanted.slice(2);
} else {
  const one = findings.find((it) => it.id === wanted);
  if (one) {
    one.open = true;
    one.scrollIntoView();
  }
}
apply();

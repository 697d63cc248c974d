"use strict";
const search = document.getElementById("search");
const api = document.getElementById("api");
const count = document.getElementById("count");
const none = document.getElementById("none");
const controls = document.querySelector(".controls");
const findings = Array.from(document.querySelectorAll(".finding"));
const texts = new Map(findings.map((it) => [it, it.textContent.toLowerCase()]));
const boxes = (name) => Array.from(document.querySelectorAll(`input[name=${name}]`));
const chosen = (name) => boxes(name).filter((it) => it.checked).map((it) => it.value);

function apply() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const levels = new Set(chosen("level"));
  const whom = new Set(chosen("judgement"));
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
  none.hidden = shown > 0;
}

// A view has an address: `#q=age&level=breaking&whom=wire&api=pets`, and `#0123456789ab` opens one change.
function remember() {
  const view = new URLSearchParams();
  if (search.value) view.set("q", search.value);
  for (const [key, name] of [["level", "level"], ["whom", "judgement"]]) {
    if (chosen(name).length < boxes(name).length) view.set(key, chosen(name).join(","));
  }
  if (api && api.value) view.set("api", api.value);
  history.replaceState(null, "", `#${view}`);
}

function recall() {
  const one = findings.find((it) => `#${it.id}` === location.hash);
  if (one) {
    one.open = true;
    one.scrollIntoView();
    return;
  }
  const view = new URLSearchParams(location.hash.slice(1));
  search.value = view.get("q") || "";
  for (const [key, name] of [["level", "level"], ["whom", "judgement"]]) {
    const wanted = view.has(key) ? view.get(key).split(",") : null;
    for (const it of boxes(name)) it.checked = !wanted || wanted.includes(it.value);
  }
  if (api) api.value = view.get("api") || "";
}

controls.addEventListener("submit", (event) => event.preventDefault());
controls.addEventListener("input", () => {
  apply();
  remember();
});
for (const [id, open] of [["open", true], ["close", false]]) {
  document.getElementById(id).addEventListener("click", () => findings.forEach((it) => (it.open = open)));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});
window.addEventListener("hashchange", () => {
  recall();
  apply();
});
recall();
apply();

import type { Location } from "vscode-languageclient/node";
import { countOf, order, type PlanGroup, spoken, verbs, whatOf } from "./planWords";
import type { PlanItem, PlanReason } from "./protocol";

/** The page around the changes. It loads nothing and runs only the script of the nonce. */
export function pageOf(groups: readonly PlanGroup[], nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Replacement plan</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>Replacement plan</h1>
<p id="count" role="status" aria-live="polite"></p>
<div id="filters" role="group" aria-label="Actions that are shown"></div>
<p><button id="copy" type="button">Copy as Markdown</button></p>
<div id="changes">${changesOf(groups)}</div>
</main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

/** The changes alone, which an edit puts in again. */
export function changesOf(groups: readonly PlanGroup[]): string {
  return groups.map((group, index) => `<section aria-labelledby="group-${index}">
<h2 id="group-${index}">${text(group.name || `Compared with ${group.baseline || "nothing"}`)}</h2>
<p>${text(group.problem ? `Nothing was compared: ${group.problem}` : `${group.name ? `Compared with ${group.baseline}: ` : ""}${group.summary}`)}</p>
${group.items.length > 0 ? `<ul class="changes">${group.items.map((item) => changeOf(item, group.baseline, index)).join("")}</ul>` : ""}
${group.notes.map((note) => `<p class="soft">${text(note)}</p>`).join("")}
</section>`).join("");
}

function changeOf(item: PlanItem, baseline: string, group: number): string {
  const key = `${group} ${item.namespace ?? ""} ${item.name}`;
  const facts = [
    ...(item.steps ? [item.steps] : []),
    ...item.causedBy.map((cause) => `Because of ${cause}.`),
    ...item.warnings.map((warning) => `Warning: ${warning}`),
  ];
  return `<li data-action="${item.action}">
<h3>${placeOf(item.name, item.location, key, "Open")} <span class="action ${item.action}">${text(whatOf(item))}</span>${item.key ? ` <button type="button" class="place" data-key="${text(key)} texts" data-texts="${text(JSON.stringify({ key: item.key, name: item.name, baseline }))}" aria-label="Compare texts of ${text(item.name)}">Compare texts</button>` : ""}</h3>
${item.reasons.length > 0 ? `<ul>${item.reasons.map((reason) => `<li>${reasonOf(reason, key)}</li>`).join("")}</ul>` : ""}
${facts.map((fact) => `<p class="soft">${text(fact)}</p>`).join("")}
</li>`;
}

function reasonOf(reason: PlanReason, key: string): string {
  const line = reason.location ? `, line ${reason.location.range.start.line + 1}` : "";
  return `${placeOf(reason.path, reason.location, `${key} ${reason.path}`, spoken(reason) + line)} <span class="values">${text(reason.values)}</span>
<span class="soft">${text(reason.effect + (reason.why ? `: ${reason.why}` : ""))}</span>`;
}

// The visible text begins the name of a button, so that people can speak what they see.
function placeOf(label: string, location: Location | undefined, key: string, more: string): string {
  if (!location) return `<span>${text(label)}</span>`;
  const name = more.startsWith(label) ? more : `${label}: ${more}`;
  return `<button type="button" class="place" data-key="${text(key)}" data-place="${text(JSON.stringify(location))}" aria-label="${text(name)}">${text(label)}</button>`;
}

function text(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

// Only the theme's own colours: those of foreground and links are readable on its background in every theme, high contrast too.
const style = `
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font: var(--vscode-font-size)/1.5 var(--vscode-font-family); padding: 0 1.5em 2em; overflow-wrap: anywhere }
h1 { font-size: 1.6em } h2 { font-size: 1.25em; margin-top: 1.6em } h3 { font-size: 1em; margin: 0 0 .3em }
#filters { display: flex; flex-wrap: wrap; gap: .4em 1.2em } label { display: inline-flex; align-items: center; gap: .4em; min-height: 24px }
input { width: 16px; height: 16px; accent-color: var(--vscode-textLink-foreground) }
ul { padding-left: 1.2em } ul.changes { list-style: none; padding: 0 }
.changes > li { border-left: 4px solid var(--vscode-editor-foreground); padding: .5em 1em; margin: 0 0 1em } .changes > li[hidden] { display: none }
.action { font-weight: 600; border: 1px solid currentColor; border-radius: 3px; padding: 0 .5em; white-space: nowrap }
.changes li li { margin: .2em 0 } .values { font-family: var(--vscode-editor-font-family) } .soft { margin: .2em 0 }
button { font: inherit; cursor: pointer; min-height: 24px }
#copy { color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 1px solid var(--vscode-contrastBorder, transparent); padding: .3em 1em }
.place { color: var(--vscode-textLink-foreground); background: none; border: 0; padding: 0; text-decoration: underline; text-align: left; font-weight: inherit }
:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 2px }
`;

const script = `
const vscode = acquireVsCodeApi();
const order = ${JSON.stringify(order)}, verbs = ${JSON.stringify(verbs)};
const hidden = new Set(vscode.getState()?.hidden ?? []);
const countOf = ${countOf.toString()};
const filters = document.getElementById("filters"), changes = document.getElementById("changes"), count = document.getElementById("count");
function refresh() {
  const all = [...document.querySelectorAll(".changes > li")];
  const present = order.filter((action) => hidden.has(action) || all.some((one) => one.dataset.action === action));
  for (const box of [...filters.querySelectorAll("input")]) if (!present.includes(box.value)) box.parentElement.remove();
  for (const action of present) {
    let box = filters.querySelector('input[value="' + action + '"]');
    if (!box) {
      const label = document.createElement("label");
      box = Object.assign(document.createElement("input"), { type: "checkbox", value: action });
      label.append(box, document.createElement("span"));
      filters.append(label);
    }
    box.checked = !hidden.has(action);
    box.nextSibling.textContent = verbs[action] + " (" + all.filter((one) => one.dataset.action === action).length + ")";
  }
  for (const one of all) one.hidden = hidden.has(one.dataset.action);
  const said = all.length === 0 ? "Nothing changes." : countOf(all.filter((one) => !one.hidden).length, all.length) + ".";
  if (count.textContent !== said) count.textContent = said;
  vscode.setState({ hidden: [...hidden] });
}
filters.addEventListener("change", ({ target }) => {
  if (target.checked) hidden.delete(target.value); else hidden.add(target.value);
  refresh();
});
document.addEventListener("click", ({ target }) => {
  const place = target.closest("[data-place]");
  if (place) vscode.postMessage({ open: JSON.parse(place.dataset.place) });
  const texts = target.closest("[data-texts]");
  if (texts) vscode.postMessage({ texts: JSON.parse(texts.dataset.texts) });
});
document.getElementById("copy").addEventListener("click", () => vscode.postMessage({ copy: [...hidden] }));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") vscode.postMessage({ leave: true }); });
// After an edit the focus stays where it was.
window.addEventListener("message", ({ data }) => {
  const key = document.activeElement?.dataset?.key;
  changes.innerHTML = data.changes;
  refresh();
  if (key) [...changes.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus();
});
refresh();
`;

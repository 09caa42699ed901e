"use strict";
// A report's words: what a mark means when pointed at, claims and words lighting up together, words selected to add a claim.

const hover = document.getElementById("hover");
const text = document.getElementById("text");

function itemsOf(mark) {
  return mark.dataset.claims.split(" ").map((id) => document.getElementById(`item-${id}`)).filter(Boolean);
}

function light(ids) {
  for (const lit of document.querySelectorAll(".chosen")) lit.classList.remove("chosen");
  for (const id of ids) {
    document.getElementById(`item-${id}`)?.classList.add("chosen");
    for (const mark of document.querySelectorAll(`mark[data-claims~="${CSS.escape(id)}"]`)) mark.classList.add("chosen");
  }
}

function show(mark) {
  const items = itemsOf(mark);
  if (!items.length) return;
  hover.replaceChildren();
  for (const item of items) {
    const piece = document.createElement("div");
    piece.append(item.querySelector("p").cloneNode(true), item.querySelector(".reading-of").cloneNode(true));
    hover.append(piece);
  }
  hover.hidden = false;
  const place = mark.getBoundingClientRect();
  const left = Math.min(Math.max(8, place.left), innerWidth - hover.offsetWidth - 8);
  const below = place.bottom + 8 + hover.offsetHeight < innerHeight;
  hover.style.left = `${left + scrollX}px`;
  hover.style.top = `${(below ? place.bottom + 6 : Math.max(8, place.top - hover.offsetHeight - 6)) + scrollY}px`;
}

document.addEventListener("mouseover", (event) => {
  const mark = event.target.closest("mark[data-claims]");
  if (mark) show(mark);
  else if (!event.target.closest("#hover")) hover.hidden = true;
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-claims]");
  const item = event.target.closest("[data-claim]");
  if (mark) {
    light(mark.dataset.claims.split(" "));
    itemsOf(mark)[0]?.scrollIntoView({ block: "nearest" });
  } else if (item && !event.target.closest("button, form")) light([item.dataset.claim]);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hover.hidden = true;
});

// Offsets count Unicode code points of the whole text, as the ledger does; a browser counts UTF-16 units.
function offset(node, at) {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, at);
  return [...range.toString()].length;
}

function selected() {
  const form = document.getElementById("adding");
  const selection = getSelection();
  if (!form || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  const words = range.toString();
  const lead = [...words].length - [...words.trimStart()].length;
  const start = offset(range.startContainer, range.startOffset) + lead;
  const chosen = words.trim();
  if (!chosen) return;
  form.start.value = start;
  form.end.value = start + [...chosen].length;
  document.getElementById("adding-words").textContent = chosen;
  form.low.value = form.high.value = chosen.match(/\d[\d,]*/)?.[0].replaceAll(",", "") ?? "";
  form.hidden = false;
}
document.addEventListener("mouseup", () => setTimeout(selected));
document.addEventListener("keyup", (event) => event.shiftKey && selected());

function fromAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id.startsWith("c_")) light([id]);
}
addEventListener("hashchange", fromAddress);
fromAddress();

"use strict";
// Everything on the page is there without this script: it sorts, filters and lights up the words of a claim.

const table = document.getElementById("incident-table");

function sortBy(column, header) {
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = (group) => group.rows[0].cells[column].dataset.sort ?? group.rows[0].cells[column].textContent.trim();
  const numeric = header.classList.contains("figure");
  const groups = [...table.tBodies];
  groups.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === "" || y === "") return (x === "") - (y === "");
    const order = numeric ? Number(x) - Number(y) : x.localeCompare(y);
    return down ? -order : order;
  });
  table.append(...groups);
}

function makeSortable() {
  table.tHead.rows[1].querySelectorAll("th").forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sortBy(column, header));
    header.replaceChildren(button);
  });
}

function makeFilter() {
  const box = document.getElementById("filter");
  const told = document.getElementById("filter-told");
  box.closest("[hidden]").hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of table.tBodies) {
      const text = group.textContent.toLowerCase();
      group.hidden = !words.every((word) => text.includes(word));
      if (!group.hidden) shown += group.rows.length;
    }
    told.textContent = words.length ? `${shown} shown` : "";
  });
}

function lightUp() {
  for (const mark of document.querySelectorAll("mark.chosen")) mark.classList.remove("chosen");
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  for (const mark of document.querySelectorAll(`mark[data-claims~="${CSS.escape(id)}"]`)) mark.classList.add("chosen");
  target.scrollIntoView({ block: target.tagName === "SPAN" ? "center" : "start" });
}

if (table) {
  makeSortable();
  makeFilter();
}
addEventListener("hashchange", lightUp);
if (location.hash) lightUp();

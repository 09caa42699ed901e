"use strict";
// Draws each picture from the specification that the desk gives. Vega's expressions are interpreted, never compiled, so
// that the page needs no right to make code out of text.

const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const INKS = { page: "page", accent: "accent", land: "land", border: "border", note: "l3", warn: "warn", state: "state",
  armed: "armed", media: "media", unknown: "unknown" };

// Names of the page's own inks in a specification become their present colours.
function inked(part) {
  if (Array.isArray(part)) return part.map(inked);
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => {
    if (key === "values" || key === "domain") return [key, value];
    if (["stroke", "fill"].includes(key) || (key === "value" && typeof value === "string")) return [key, INKS[value] ? ink(INKS[value]) : value];
    if (key === "range" && typeof value[0] === "string") return [key, value.map((one) => (INKS[one] ? ink(INKS[one]) : one))];
    return [key, inked(value)];
  }));
}

function config() {
  const soft = ink("soft");
  return { aria: false, background: ink("card"), font: "system-ui, sans-serif", view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, gridColor: ink("line"), domainColor: ink("border"), tickColor: ink("border"), labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal" },
    legend: { labelColor: ink("ink"), titleColor: soft, orient: "bottom", labelFontSize: 11, titleFontSize: 11 } };
}

const views = new Map();

async function draw(figure) {
  const answer = await fetch(figure.dataset.picture);
  const told = JSON.parse((await answer.text()).replaceAll('"/static/', `"${deskRoot}/static/`));
  const canvas = figure.querySelector(".canvas");
  if (!answer.ok || !told.rows.length) {
    canvas.textContent = figure.dataset.empty;
    figure.dataset.drawn = "empty";
    return;
  }
  const spec = inked(told.spec);
  spec.width = Math.max(240, canvas.clientWidth - (typeof spec.height === "object" ? 180 : 0));
  if (typeof spec.height !== "object") spec.autosize = { type: "fit-x", contains: "padding" };
  const compiled = vegaLite.compile({ ...spec, config: config() }).spec;
  const drawn = document.createElement("div"); // told as one picture by the element around it
  drawn.ariaHidden = "true";
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    renderer: "svg", container: drawn, hover: true, expr: vegaInterpreter.expressionInterpreter, logLevel: vega.Warn,
  });
  canvas.replaceChildren(drawn);
  view.initialize(drawn);
  await view.runAsync();
  views.set(figure, view);
  figure.dataset.drawn = "yes";
}

function save(name, href) {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-save]");
  const figure = button?.closest("figure");
  const view = figure && views.get(figure);
  if (!view) return;
  if (button.dataset.save === "png") save(`${figure.dataset.name}.png`, await view.toImageURL("png", 2));
  else {
    const href = URL.createObjectURL(new Blob([await view.toSVG()], { type: "image/svg+xml" }));
    save(`${figure.dataset.name}.svg`, href);
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  }
});

const drawAll = () => document.querySelectorAll("figure.picture").forEach(draw);
document.addEventListener("theme", drawAll);
drawAll();

"use strict";
// What every page can do: send a decision, open a form, say what happened. Reading works without it.

const desk = {
  csrf: () => document.querySelector('meta[name="csrf"]').content,

  async send(url, body, method = "POST") {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": desk.csrf(), "X-Recount-Page": "1" };
    let answer;
    try {
      answer = await fetch(underRoot(url), { method, headers, body: body === null ? undefined : JSON.stringify(body) });
    } catch {
      throw new Error(document.body.dataset.offline);
    }
    const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
    if (!answer.ok) throw new Error([told.where, told.what, told.do].filter(Boolean).join(". ") || document.body.dataset.failed);
    return told;
  },

  say(text, bad = false) {
    const box = document.getElementById("said");
    box.textContent = text;
    box.className = bad ? "shown bad" : "shown";
    clearTimeout(desk.timer);
    desk.timer = setTimeout(() => (box.className = ""), bad ? 9000 : 2500);
  },

  async act(work, next) {
    try {
      const told = await work();
      sessionStorage.setItem("said", document.body.dataset.saved);
      if (next && next !== location.pathname) location.assign(next);
      else location.reload();
      return told;
    } catch (fault) {
      desk.say(fault.message, true);
      return null;
    }
  },

  number(text) {
    return text === "" || text === null || text === undefined ? null : Number(text);
  },

  toll(form) {
    const low = desk.number(form.low.value);
    const high = desk.number(form.high.value);
    const count = { type: "count", low, high, approx: false };
    return { type: "toll", harm: form.harm.value, side: form.side.value, count, who: form.who.value };
  },

  value(form) {
    if (form.dataset.property === "kind") return { type: "kindof", kind: form.kind.value };
    if (form.dataset.property === "place") return JSON.parse(form.place.value);
    if (form.dataset.property !== "day") return desk.toll(form);
    const [first, last] = [form.first.value || null, form.last.value || form.first.value || null];
    return { type: "days", first, last, precision: first === last ? "day" : "days", reason: "" };
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.id === "theme") {
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("recount-theme", document.documentElement.dataset.theme);
    document.dispatchEvent(new Event("theme"));
  } else if (button.dataset.post) {
    button.disabled = true;
    const body = JSON.parse(button.dataset.body);
    desk.act(() => desk.send(button.dataset.post, body, button.dataset.method || "POST"), button.dataset.next).then((told) => {
      if (told === null) button.disabled = false;
    });
  } else if (button.dataset.each) {
    const pairs = JSON.parse(button.dataset.others);
    desk.act(async () => {
      for (const other of pairs) {
        const subjects = [button.dataset.one, other];
        await desk.send("/api/decisions", { decision: button.dataset.each, subjects });
      }
    });
  } else if (button.dataset.open) {
    const form = document.getElementById(button.dataset.open);
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) (form.low ?? form.elements[0]).focus();
  } else if (button.dataset.close) {
    document.getElementById(button.dataset.close).hidden = true;
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const d = form.dataset;
  if (d.correct) {
    event.preventDefault();
    const body = () => ({ decision: "corrected", subjects: [d.correct], value: desk.value(form), why: form.why.value });
    desk.act(() => desk.send("/api/decisions", body()));
  } else if (d.split) {
    event.preventDefault();
    const chosen = [...form.querySelectorAll('input[name="event"]:checked')].map((box) => box.value);
    if (chosen.length) desk.act(() => desk.send(`/api/incidents/${d.split}/split`, { event_reports: chosen }));
  } else if (d.merge) {
    event.preventDefault();
    const other = form.other.value.match(/i_[0-9a-f]{16}/)[0];
    desk.act(() => desk.send(`/api/incidents/${d.merge}/merge`, { other }));
  } else if (d.missed) {
    event.preventDefault();
    const body = {
      report: d.missed,
      start: Number(form.start.value),
      end: Number(form.end.value),
      value: desk.toll(form),
      event_report: form.event_report.value || null,
      speaker: form.speaker.value,
    };
    desk.act(() => desk.send("/api/claims", body));
  }
});

// An exact number is typed once: the highest follows the lowest for as long as the two are the same.
document.addEventListener("focusin", (event) => {
  if (event.target.name === "low") event.target.dataset.before = event.target.value;
});
document.addEventListener("input", (event) => {
  const low = event.target;
  const high = low.name === "low" ? low.form.high : null;
  if (!high) return;
  if (high.value === (low.dataset.before ?? "")) high.value = low.value;
  low.dataset.before = low.value;
});

function openTarget() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", openTarget);
addEventListener("DOMContentLoaded", () => {
  const filters = document.getElementById("filter-box");
  if (filters && innerWidth < 1120 && !location.search) filters.open = false;
  const said = sessionStorage.getItem("said");
  sessionStorage.removeItem("said");
  if (said) desk.say(said);
  if (location.hash) openTarget();
});

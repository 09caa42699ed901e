"use strict";
// The queue: one key decides and the next item, fetched beforehand, is there at once. Decisions that could not be sent
// wait in this browser and are sent again; nothing is lost by closing the page.

const queue = document.getElementById("queue");
const stage = document.getElementById("item");
const PENDING = "recount-pending";
let upcoming = null;
let sending = false;
let made = [];

const task = () => stage.querySelector(".task");
const focused = () => stage.querySelector(".said-claim.focus");
const pending = () => JSON.parse(localStorage.getItem(PENDING) ?? "[]");
const keepPending = (list) => localStorage.setItem(PENDING, JSON.stringify(list));

function address(query) {
  const asked = new URLSearchParams(queue.dataset.asked);
  for (const [name, value] of Object.entries(query)) asked.set(name, value);
  return underRoot(`/queue/item?${asked}`);
}

async function fetchItem(query) {
  const answer = await fetch(address(query));
  if (!answer.ok) throw new Error(document.body.dataset.offline);
  return answer.text();
}

function prefetch() {
  delete queue.dataset.ready;
  upcoming = task() ? fetchItem({ after: task().dataset.item }).catch(() => null) : null;
  upcoming?.then(() => (queue.dataset.ready = "1"));
}

async function put(html) {
  stage.innerHTML = html;
  task()?.focus({ preventScroll: true });
  scrollTo({ top: 0 });
  prefetch();
}

async function advance() {
  const begun = performance.now();
  const html = (await upcoming) ?? (await fetchItem(task() ? { after: task().dataset.item } : {}).catch(() => null));
  if (html === null) return desk.say(document.body.dataset.offline, true);
  await put(html);
  queue.dataset.took = (performance.now() - begun).toFixed(1);
}

// One decision after another, so that the ledger has them in the order in which they were made.
async function flush() {
  if (sending) return;
  sending = true;
  let list = pending();
  while (list.length) {
    const [first] = list;
    try {
      const act = await desk.send(first.url, first.body);
      made.push({ seq: act.seq, item: first.body.item });
    } catch (fault) {
      if (fault.message === document.body.dataset.offline) {
        desk.say(queue.dataset.waiting.replace("{n}", list.length), true);
        setTimeout(flush, 4000);
        break;
      }
      desk.say(fault.message, true);
    }
    list = pending().slice(1);
    keepPending(list);
  }
  queue.dataset.pending = String(pending().length);
  sending = false;
}

function decide(decision, subjects, more = {}) {
  const body = { decision, subjects, item: task().dataset.item, ...more };
  keepPending([...pending(), { url: "/api/decisions", body }]);
  flush();
  advance();
}

function decideLink(decision) {
  const others = JSON.parse(task().dataset.others);
  decide(decision, [task().dataset.one, ...others.slice(0, 1)]);
}

async function undo() {
  while (sending || pending().length) await new Promise((done) => setTimeout(done, 50));
  const last = made.pop();
  if (!last) return desk.say(queue.dataset.nothing);
  try {
    await desk.send(`/api/acts/${last.seq}/undo`, {});
    await put(await fetchItem({ item: last.item }));
    desk.say(queue.dataset.undone);
  } catch (fault) {
    desk.say(fault.message, true);
  }
}

function openForm() {
  const form = focused()?.querySelector("form");
  if (!form) return;
  form.hidden = false;
  form.low.focus();
  form.low.select();
}

function pick(number) {
  const all = [...stage.querySelectorAll(".said-claim")];
  if (!all[number - 1]) return;
  for (const one of all) one.classList.toggle("focus", one === all[number - 1]);
}

const isLink = () => task()?.dataset.kind === "link";
const KEYS = {
  a: () => !isLink() && decide("right", [focused().dataset.claim]),
  r: () => !isLink() && decide("wrong", [focused().dataset.claim]),
  c: () => !isLink() && openForm(),
  s: () => isLink() && decideLink("same"),
  d: () => isLink() && decideLink("different"),
  x: () => (isLink() ? decideLink("unsure") : decide("unsure", [focused().dataset.claim, focused().dataset.report])),
  n: advance,
  u: undo,
  o: () => focused() && open(underRoot(`/reports/${focused().dataset.report}#${focused().dataset.claim}`)),
  i: () => open(underRoot(`/incidents/${task().dataset.incident}`)),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.closest("form")) {
    event.target.closest("form").hidden = true;
    task()?.focus();
    return;
  }
  if (event.target.closest("input, select, textarea")) return;
  const key = event.key.toLowerCase();
  if (key !== "u" && !task()) return;
  if (/^[1-9]$/.test(key)) pick(Number(key));
  else if (KEYS[key]) {
    event.preventDefault();
    KEYS[key]();
  }
});
stage.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-key]");
  if (button) KEYS[button.dataset.key]();
});
stage.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.correctHere) return;
  event.preventDefault();
  decide("corrected", [form.dataset.correctHere], { value: desk.value(form), why: form.why.value });
});
addEventListener("online", flush);
flush();
prefetch();
task()?.focus({ preventScroll: true });

"use strict";
// Forms that send their fields as JSON to the call that they name, and show what comes back once.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.json) return;
  event.preventDefault();
  const body = {};
  for (const field of form.elements) {
    if (!field.name || (field.type === "checkbox" && !field.checked)) continue;
    body[field.name] = "number" in field.dataset ? Number(field.value) : field.value || null;
  }
  for (const name of Object.keys(body)) if (body[name] === null) delete body[name];
  const told = form.querySelector("[data-show]");
  if (!told) return desk.act(() => desk.send(form.dataset.json, body, form.dataset.method || "POST"), form.dataset.next);
  try {
    const answer = await desk.send(form.dataset.json, body, form.dataset.method || "POST");
    told.hidden = false;
    told.querySelector("code").textContent = answer[told.dataset.show];
  } catch (fault) {
    desk.say(fault.message, true);
  }
});

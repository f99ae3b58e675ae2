// The review desk by keys, without loading whole pages: what comes next is fetched while one reads. Without this file all forms work.
"use strict";

const desk = document.querySelector(".desk");
const item = document.getElementById("item");
let ahead = null; // { address, html: Promise<string> }
let saving = Promise.resolve();

const fragment = { "X-Fragment": "item" };

function look() {
  const skip = document.getElementById("skip");
  if (!skip || (ahead && ahead.address === skip.href)) return;
  const address = skip.href;
  ahead = {
    address,
    html: fetch(address, { headers: fragment }).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status))),
  };
  ahead.html.catch(() => { ahead = null; });
}

function put(html, address) {
  item.innerHTML = html;
  history.pushState({}, "", address);
  item.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  look();
}

async function goOn() {
  look();
  if (!ahead) return;
  const { address, html } = ahead;
  try {
    const next = await html;
    await saving; // what comes next was asked for before this was kept; only its order matters
    put(next, address);
  } catch {
    location.assign(address);
  }
}

function say(words, correction) {
  document.getElementById("said").textContent = words;
  const undo = document.getElementById("undo");
  undo.hidden = !correction;
  if (correction) undo.elements.correction.value = correction;
}

async function send(form, submitter) {
  const answer = await fetch(form.getAttribute("action"), { method: "POST", headers: fragment, body: new URLSearchParams(new FormData(form, submitter)) });
  if (answer.ok) return answer.json();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = page.querySelector("main .soft bdi") || page.querySelector("h1");
  throw new Error(said ? said.textContent : String(answer.status));
}

function progress(far) {
  document.getElementById("today").textContent = far.today;
  if (far.left.endsWith("+")) return; // there are more than were counted
  document.getElementById("left").textContent = far.left;
  document.getElementById("bar").value = far.share;
}

function keep(form, submitter) {
  saving = send(form, submitter).then(
    (kept) => {
      say(kept.said, kept.correction);
      progress(kept);
    },
    (error) => { say(error.message, ""); throw error; },
  );
  return saving;
}

async function submitted(event) {
  const form = event.target;
  if (form.matches(".decision")) {
    event.preventDefault();
    look();
    keep(form, event.submitter).then(goOn, () => {});
  } else if (form.matches(".editing")) {
    event.preventDefault();
    const wrong = document.getElementById("wrong");
    wrong.hidden = true;
    try {
      await keep(form, event.submitter);
      await goOn();
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
  } else if (form.id === "undo") {
    event.preventDefault();
    try {
      const undone = await send(form);
      say(undone.said, "");
      progress(undone);
      const address = new URL(desk.dataset.review, location.href);
      address.searchParams.set("event", undone.event);
      const shown = await fetch(address, { headers: fragment });
      ahead = null;
      put(await shown.text(), address.href);
    } catch (error) {
      say(error.message, "");
    }
  }
}

function letter(event) {
  // On an Arabic keyboard the letters are others; the place of the key says which is meant.
  return /^[a-z0-9]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^(Key|Digit)/, "").toLowerCase();
}

function pressed(event) {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (typing && event.key === "Escape") {
    event.target.blur();
    document.getElementById("edit").open = false;
    item.focus();
    return;
  }
  if (typing && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = letter(event);
  const click = (selector) => { const found = document.querySelector(selector); if (found) { event.preventDefault(); found.click(); } };
  const edit = document.getElementById("edit");
  const field = edit && document.querySelector(`[data-key="${key}"]`);
  if (key === "a") click(".yes");
  else if (key === "r") click(".no");
  else if (key === "u") click("#undo:not([hidden]) button");
  else if (key === "n") { event.preventDefault(); goOn(); }
  else if (key === "e" && edit) { event.preventDefault(); edit.open = true; document.getElementById("e-type").focus(); }
  else if (field) { event.preventDefault(); edit.open = true; field.focus(); if (field.select) field.select(); }
}

function blind(event) {
  const form = document.querySelector(".blind-form");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.matches("body, input, main")) { event.preventDefault(); form.requestSubmit(); return; }
  const kind = form.querySelector(`[data-key="${CSS.escape(letter(event))}"]`);
  if (kind) { event.preventDefault(); kind.click(); }
}

if (item) {
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    if (event.target.closest("#skip")) { event.preventDefault(); goOn(); }
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "e-type") document.getElementById("e-mode").value = "";
  });
  window.addEventListener("popstate", () => location.reload());
  look();
}
if (document.querySelector(".blind-form")) document.addEventListener("keydown", blind);

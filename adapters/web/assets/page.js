// The chat page's script: sends the composer's form without leaving the page, shows what a turn is
// doing, and swaps the answer in. Without it the same forms work by loading the page again.
"use strict";

(() => {
  const form = document.getElementById("ask");
  const log = document.getElementById("log");
  if (!form || !log) return;
  const box = document.getElementById("text");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const asPiece = { "x-almanac-fragment": "1" };

  // Questions this page waits for, and answers it heard of meanwhile: perhaps its own.
  let waiting = 0;
  const heard = new Set();

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  function eventId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function bringIntoView(turn, block) {
    turn.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  }

  // Asking

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = event.submitter && event.submitter.name === "choice";
    const text = (chosen ? event.submitter.value : box.value).trim();
    if (!text) return;
    if (!chosen) box.value = "";
    fit();
    box.focus({ preventScroll: true });
    ask(text);
  });

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  // Browsers that do not size the box by its content yet.
  function fit() {
    if (CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = box.scrollHeight + "px";
  }
  box.addEventListener("input", fit);

  function ask(text) {
    const welcome = document.getElementById("welcome");
    if (welcome) welcome.remove();
    const turn = element("section", "turn");
    const asked = element("div", "asked");
    asked.append(element("h2", "unseen", form.dataset.asked));
    const words = element("p", "", text);
    words.dir = "auto";
    asked.append(words);
    turn.append(asked);
    log.append(turn);
    send(turn, new URLSearchParams({ text, event_id: eventId() }));
  }

  // The same form is the same question, so it is simply posted again until there is an answer.
  async function send(turn, body) {
    turn.append(document.getElementById("pending").content.cloneNode(true));
    bringIntoView(turn, "nearest");
    const doing = turn.querySelector(".doing");
    waiting += 1;
    let piece = null;
    let answered = false;
    for (let failures = 0; piece === null; ) {
      try {
        const response = await fetch("/ask", { method: "POST", headers: asPiece, body });
        answered = response.status === 200;
        if (response.status === 202) continue;
        if (response.status === 503 && failures < 5) throw new Error("unavailable");
        piece = await response.text();
      } catch {
        failures += 1;
        doing.textContent = form.dataset.reconnecting;
        await pause(Math.min(1000 * failures, 5000));
      }
    }
    waiting -= 1;
    swapIn(turn, piece);
    if (!answered) offerAgain(turn, body);
    bringIntoView(turn, turn.offsetHeight > innerHeight - 220 ? "start" : "nearest");
    catchUp();
  }

  function swapIn(turn, piece) {
    const made = document.createElement("template");
    made.innerHTML = piece;
    const answer = made.content.querySelector("[data-event]");
    if (answer) turn.dataset.event = answer.dataset.event;
    turn.querySelector(".pending").replaceWith(made.content);
  }

  function offerAgain(turn, body) {
    const again = element("button", "quiet again", form.dataset.again);
    again.type = "button";
    again.addEventListener("click", () => {
      turn.querySelector(".notice").remove();
      again.remove();
      send(turn, body);
      box.focus({ preventScroll: true });
    });
    turn.append(again);
  }

  // Saying whether an answer is right

  log.addEventListener("submit", async (event) => {
    const verdict = event.target.closest(".verdicts");
    if (!verdict) return;
    event.preventDefault();
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(verdict, button));
    const said = verdict.querySelector(".said");
    const response = await fetch("/press", { method: "POST", headers: asPiece, body }).catch(() => null);
    if (!response) {
      said.textContent = form.dataset.reconnecting;
      return;
    }
    const made = document.createElement("template");
    made.innerHTML = await response.text();
    said.textContent = made.content.textContent;
    if (!response.ok) return;
    for (const other of verdict.querySelectorAll("button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  });

  // A badge's explanation closes when one looks elsewhere.
  document.addEventListener("click", (event) => {
    for (const badge of log.querySelectorAll(".badge[open]")) {
      if (!badge.contains(event.target)) badge.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const badge of log.querySelectorAll(".badge[open]")) badge.open = false;
  });

  // What happens meanwhile: progress, answers asked for in other tabs, things told unasked

  function catchUp() {
    if (waiting > 0) return;
    const missing = [...heard].some(
      (id) => !log.querySelector(`.answer[data-event="${CSS.escape(id)}"]`),
    );
    heard.clear();
    if (missing) refresh();
  }

  // An answer that no page has, whichever it is.
  function missed() {
    heard.add("");
    catchUp();
  }

  async function refresh() {
    const response = await fetch("/").catch(() => null);
    if (!response || !response.ok || waiting > 0) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const turns = [...page.querySelectorAll("#log > .turn")];
    const here = (turn) => log.querySelector(`:scope > [data-event="${CSS.escape(turn.dataset.event)}"]`);
    if (log.querySelector("[data-event]") && !turns.some(here)) {
      // Another chat was begun in another tab. What is being typed here is not thrown away.
      if (!box.value) location.reload();
      return;
    }
    for (const fresh of turns) {
      const known = here(fresh);
      if (!known) log.append(fresh);
      else if (known.querySelector(".pending") && !fresh.querySelector(".pending")) known.replaceWith(fresh);
    }
    const welcome = document.getElementById("welcome");
    if (welcome && log.childElementCount) welcome.remove();
    watch();
  }

  // Turns that were being worked on when the page was loaded.
  function watch() {
    if (waiting === 0 && log.querySelector(".pending")) setTimeout(refresh, 1500);
  }

  function happened([kind, data]) {
    if (kind === "progress") {
      const doing = log.querySelector(".pending .doing");
      if (doing) doing.textContent = data;
    } else if (kind === "said") {
      heard.add(data);
      catchUp();
    } else if (kind === "missed") {
      missed();
    } else if (kind === "opened" && events) {
      // That page may have begun another chat: this stream is then of the old one.
      listen();
    }
  }

  // Browsers open six connections to a site, so one page listens and tells the others. Where
  // pages cannot agree on one, each listens for itself.
  const others = new BroadcastChannel("almanac");
  others.addEventListener("message", (message) => happened(message.data));
  let events = null;

  function tell(...happening) {
    happened(happening);
    if (navigator.locks) others.postMessage(happening);
  }

  function listen() {
    events?.close();
    events = new EventSource("/events");
    let lost = false;
    for (const kind of ["progress", "said", "missed"]) {
      events.addEventListener(kind, (event) => tell(kind, event.data));
    }
    events.addEventListener("error", () => { lost = true; });
    events.addEventListener("open", () => {
      if (lost) tell("missed");
      lost = false;
    });
  }

  function listenForAll() {
    listen();
    tell("missed");
    return new Promise(() => {});
  }

  if (navigator.locks) {
    others.postMessage(["opened"]);
    navigator.locks.request("almanac-events", listenForAll);
  } else {
    listen();
  }

  const last = log.lastElementChild;
  if (last) last.scrollIntoView({ block: "end" });
  watch();
})();

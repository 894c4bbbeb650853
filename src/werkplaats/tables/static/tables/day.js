/* The host's page on the day, for a phone that may be cut off. Every tap and every line is kept here first, under a number of
   this phone, and goes to the server in order; what the server did not name is sent again, and it keeps each once. No clock has
   a say. Without this script the forms go one by one. */
"use strict";

const BATCH = 50, PATIENCE = 15000, SHORTEST = 1000, LONGEST = 15000, SHOWN = 20, PAGES = "samen-tafels";

for (const page of document.querySelectorAll("[data-day]")) {
  keepPage(page).catch(() => {});
  whenAlone(page, () => keepUp(page));
}

/* Of two windows of one phone only one counts, so that no number is given twice. */
function whenAlone(page, begin) {
  if (!navigator.locks) {
    begin();
    return;
  }
  const elsewhere = setTimeout(() => say(page, "elsewhere", 0), 2000);
  navigator.locks.request("samen-tafel " + page.dataset.day, () => {
    clearTimeout(elsewhere);
    begin();
    return new Promise(() => {}); // until this window closes
  });
}

function keepUp(page) {
  const place = "samen-tafel " + page.dataset.day;
  const taps = page.querySelector("[data-taps]"), back = page.querySelector("[data-back]"), note = page.querySelector("[data-note]");
  const just = []; // lines that were kept a moment ago
  let kept, sending = false, rest = SHORTEST, timer, state = navigator.onLine ? "connected" : "cut", isOver = false;

  try {
    kept = JSON.parse(localStorage.getItem(place)) || fresh();
    save();
  } catch {
    say(page, "full", 0);
    return; // the forms go on
  }
  if (Number(page.dataset.heardOf) >= kept.heardOf) heard(shownCounts(), Number(page.dataset.heardOf));

  function fresh() {
    const device = Array.from(crypto.getRandomValues(new Uint8Array(16)), (part) => part.toString(16).padStart(2, "0")).join("");
    return { device, next: 1, waiting: [], refused: [], taps: [], counts: {}, heardOf: -1 };
  }

  function save() {
    if (isOver) throw new Error("another window counts");
    localStorage.setItem(place, JSON.stringify(kept));
  }

  function heard(counts, heardOf) {
    kept.counts = counts;
    kept.heardOf = heardOf;
  }

  /* Keeps something before anything else happens; false: this phone keeps nothing, and the form goes by itself. */
  function keep(change) {
    const before = JSON.stringify(kept);
    try {
      change();
      save();
    } catch {
      kept = JSON.parse(before);
      say(page, isOver ? "elsewhere" : "full", 0);
      return false;
    }
    draw();
    send();
    return true;
  }

  function named(more) {
    return { device: kept.device, number: kept.next++, at: new Date().toISOString(), ...more };
  }

  function tap(kind) {
    return keep(() => {
      const item = named({ kind, back: false });
      kept.waiting.push(item);
      kept.taps = [...kept.taps, [item.number, kind]].slice(-SHOWN);
    });
  }

  function takeBack() {
    return keep(() => {
      const [number, kind] = kept.taps.pop();
      const waits = kept.waiting.find((item) => item.kind && item.number === number);
      if (waits) waits.back = true;
      else kept.waiting.push({ device: kept.device, number, kind, back: true, was: true });
    });
  }

  function write() {
    const said = Object.fromEntries(new FormData(note));
    delete said.csrfmiddlewaretoken;
    delete said.once;
    const done = keep(() => kept.waiting.push(named({ note: said })));
    if (done) note.reset();
    return done;
  }

  function again(item) {
    for (const [name, value] of Object.entries(item.note)) if (note.elements[name]) note.elements[name].value = value;
    if (!keep(() => (kept.refused = kept.refused.filter((other) => other !== item)))) return;
    note.elements.text.focus();
  }

  async function send() {
    if (sending || isOver || !kept.waiting.length) return;
    sending = true;
    clearTimeout(timer);
    const found = await post(kept.waiting.slice(0, BATCH));
    sending = false;
    if (isOver) return;
    if (found.answers) {
      settle(found);
      rest = SHORTEST;
      state = "connected";
      if (kept.waiting.length) send();
    } else {
      state = found.state;
      timer = setTimeout(send, rest);
      rest = Math.min(2 * rest, LONGEST);
    }
    draw();
  }

  async function post(items) {
    const patience = new AbortController(), late = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(page.dataset.send, {
        method: "POST",
        body: JSON.stringify({ items }),
        headers: { "Content-Type": "application/json", "X-CSRFToken": note.elements.csrfmiddlewaretoken.value },
        signal: patience.signal,
      });
      if (answer.redirected || answer.status === 403) return { state: "out" };
      return answer.ok ? await answer.json() : { state: "cut" };
    } catch {
      return { state: "cut" };
    } finally {
      clearTimeout(late);
    }
  }

  /* What the server has, waits no longer; what was taken back meanwhile still does. */
  function settle(found) {
    for (const answer of found.answers) {
      const at = kept.waiting.findIndex((item) => item.device === answer.device && item.number === answer.number);
      if (at < 0) continue;
      const item = kept.waiting[at];
      if (answer.why) kept.refused.push({ ...item, why: answer.why });
      else if (item.note) just.push(item);
      else if (item.back !== answer.back) {
        item.was = true;
        continue;
      }
      kept.waiting.splice(at, 1);
    }
    if (found.heard_of >= kept.heardOf) heard(found.counts, found.heard_of);
    save();
  }

  function shownCounts() {
    return Object.fromEntries([...page.querySelectorAll("[data-count]")].map((one) => [one.dataset.count, Number(one.textContent)]));
  }

  function draw() {
    for (const shown of page.querySelectorAll("[data-count]")) {
      const mine = kept.waiting.filter((item) => item.kind === shown.dataset.count);
      const more = mine.filter((item) => !item.back).length - mine.filter((item) => item.back && item.was).length;
      shown.textContent = (kept.counts[shown.dataset.count] || 0) + more;
    }
    if (back) back.hidden = !kept.taps.length;
    drawLines();
    const waits = kept.waiting.length;
    say(page, waits && state === "connected" ? "sending" : state, waits);
    page.querySelector("[data-done]").hidden = !isDone();
  }

  function drawLines() {
    const list = page.querySelector("[data-lines]"), line = page.querySelector("[data-line]");
    const word = (name) => page.querySelector(`[data-word=${name}]`).textContent;
    const rows = [
      ...kept.refused.map((item) => [item, item.why]),
      ...kept.waiting.filter((item) => item.note).map((item) => [item, word("waits")]),
      ...just.slice(-SHOWN).reverse().map((item) => [item, word("kept")]),
    ];
    list.replaceChildren(...rows.map(([item, words]) => {
      const row = line.content.cloneNode(true), button = row.querySelector("[data-again]");
      row.querySelector("[data-text]").textContent = item.note ? item.note.text : spoke(item.kind);
      row.querySelector("[data-state]").textContent = words;
      button.hidden = !(item.note && item.why);
      button.addEventListener("click", () => again(item));
      return row;
    }));
    list.hidden = !rows.length;
  }

  function spoke(kind) {
    return page.querySelector(`[data-taps] [value="${kind}"] span`)?.textContent || kind;
  }

  function isDone() {
    return !kept.waiting.length && !kept.refused.some((item) => item.note);
  }

  taps?.addEventListener("submit", (event) => {
    if (event.submitter && tap(event.submitter.value)) event.preventDefault();
  });
  back?.addEventListener("submit", (event) => {
    if (kept.taps.length && takeBack()) event.preventDefault();
  });
  note.addEventListener("submit", (event) => {
    if (write()) event.preventDefault();
  });
  page.querySelector("[data-done] button").addEventListener("click", async () => {
    if (!isDone()) return;
    localStorage.removeItem(place);
    if (window.caches) await (await caches.open(PAGES)).delete(location.pathname);
    location.assign(page.querySelector("a[href]").href);
  });
  // Where no lock can be had, the window that opened last goes on with what waits.
  window.addEventListener("storage", (event) => {
    if (navigator.locks || event.key !== place || !event.newValue) return;
    isOver = true;
    say(page, "elsewhere", 0);
  });
  window.addEventListener("online", () => {
    rest = SHORTEST;
    send();
  });
  draw();
  send();
}

function say(page, name, number) {
  for (const words of page.querySelectorAll("[data-say]")) {
    words.hidden = words.dataset.say !== name;
    const place = words.querySelector("[data-number]");
    if (place) place.textContent = number;
  }
}

/* The page itself, for when it is loaded again without connection. Browsers allow that on https and on the own machine only. */
async function keepPage(page) {
  if (!window.isSecureContext || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register(page.dataset.worker, { scope: page.dataset.scope });
  await navigator.serviceWorker.ready;
  const cache = await caches.open(PAGES);
  const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
  try {
    const now = await fetch(location.pathname);
    if (now.ok && !now.redirected) {
      await cache.addAll(parts);
      await cache.put(location.pathname, now);
    }
  } catch {} // without connection what was kept before stays
  const isKept = Boolean(await cache.match(location.pathname, { ignoreVary: true }));
  for (const words of page.querySelectorAll("[data-reload]")) words.hidden = (words.dataset.reload === "yes") !== isKept;
}

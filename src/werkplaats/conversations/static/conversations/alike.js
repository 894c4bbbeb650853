/* What stands there already, shown while somebody types a statement. The words go to the same door as the form, which keeps
   nothing of them; without this script that door shows the same after sending. */
"use strict";

const REST = 600, FEWEST = 12;

for (const form of document.querySelectorAll("form[data-alike]")) {
  showAlike(form, document.getElementById("alike"));
}

function showAlike(form, shown) {
  let waits, asked = 0;

  async function look() {
    const text = form.elements.text.value.trim(), mine = ++asked;
    if (text.length < FEWEST) {
      shown.replaceChildren();
      return;
    }
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected || mine !== asked) return;
    const found = await answer.text();
    if (mine !== asked || form.elements.text.value.trim() !== text) return;
    shown.innerHTML = found;
    if (found.trim()) form.elements.seen.value = text;
  }

  form.elements.text.addEventListener("input", () => {
    clearTimeout(waits);
    waits = setTimeout(() => look().catch(() => {}), REST); // without a connection typing goes on
  });
}

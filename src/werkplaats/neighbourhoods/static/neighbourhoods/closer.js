/* Coming closer in the picture of the network: zoom, pan and search. The picture is the server's; nothing is drawn here, and
   without this script it stands there whole. */
"use strict";

const MOST = 8;

for (const frame of document.querySelectorAll("[data-closer]")) {
  const picture = frame.querySelector("svg.samen-net");
  if (picture) comeCloser(frame, picture);
}

function comeCloser(frame, picture) {
  const whole = picture.viewBox.baseVal.width;
  const said = frame.querySelector("[data-said]");
  let zoom = 1, left = 0, top = 0;

  function show() {
    const side = whole / zoom;
    left = Math.min(Math.max(left, 0), whole - side);
    top = Math.min(Math.max(top, 0), whole - side);
    picture.setAttribute("viewBox", `${left} ${top} ${side} ${side}`);
    picture.style.setProperty("--samen-zoom", zoom);
    picture.dataset.zoom = [1, 2, 4, 8].filter((step) => step <= zoom).join(" ");
    frame.querySelector("[data-in]").disabled = zoom >= MOST;
    frame.querySelector("[data-out]").disabled = zoom <= 1;
  }

  /* The point under the pointer stays where it is. */
  function zoomTo(wanted, x = left + whole / zoom / 2, y = top + whole / zoom / 2) {
    const next = Math.min(Math.max(wanted, 1), MOST), ratio = zoom / next;
    left = x - (x - left) * ratio;
    top = y - (y - top) * ratio;
    zoom = next;
    show();
  }

  function inPicture(event) {
    const box = picture.getBoundingClientRect();
    return [left + ((event.clientX - box.left) / box.width) * (whole / zoom), top + ((event.clientY - box.top) / box.height) * (whole / zoom)];
  }

  function centre(x, y) {
    left = x - whole / zoom / 2;
    top = y - whole / zoom / 2;
    show();
  }

  frame.querySelector(".samen-closer__tools").hidden = false;
  frame.querySelector("[data-in]").addEventListener("click", () => zoomTo(zoom * 2));
  frame.querySelector("[data-out]").addEventListener("click", () => zoomTo(zoom / 2));
  frame.querySelector("[data-all]").addEventListener("click", () => zoomTo(1));

  const search = frame.querySelector("input");
  search?.addEventListener("change", () => {
    const asked = search.value.trim().toLocaleLowerCase();
    const parties = [...picture.querySelectorAll("a")];
    const name = (party) => party.querySelector("title").textContent.toLocaleLowerCase();
    const found = asked && (parties.find((party) => name(party).startsWith(asked)) || parties.find((party) => name(party).includes(asked)));
    for (const party of picture.querySelectorAll("[data-found]")) delete party.dataset.found;
    said.textContent = asked && !found ? said.dataset.none : "";
    if (!found) return;
    const place = found.transform.baseVal.consolidate().matrix;
    found.dataset.found = "";
    zoom = Math.max(zoom, 4);
    centre(place.e, place.f);
    said.textContent = found.querySelector("title").textContent;
  });

  /* A party that gets the focus and lies outside what is shown is brought into it. */
  picture.addEventListener("focusin", (event) => {
    const party = event.target.closest("a");
    if (!party || zoom === 1) return;
    const { e: x, f: y } = party.transform.baseVal.consolidate().matrix, side = whole / zoom;
    if (x < left || x > left + side || y < top || y > top + side) centre(x, y);
  });

  /* Plain turning of a wheel scrolls the page; with Ctrl, or two fingers on a touchpad, it zooms. */
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomTo(zoom * Math.exp(-event.deltaY / 150), ...inPicture(event));
  }, { passive: false });

  const fingers = new Map();
  let moved = 0;
  picture.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    moved = 0;
  });
  picture.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const box = picture.getBoundingClientRect(), unit = whole / zoom / box.width;
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (other) {
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoomTo((zoom * apart(event)) / apart(before), ...inPicture(other));
    } else if (zoom > 1) {
      left -= (event.clientX - before.clientX) * unit;
      top -= (event.clientY - before.clientY) * unit;
      show();
    }
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) picture.addEventListener(end, (event) => fingers.delete(event.pointerId));
  /* Who dragged did not mean to follow the link on which they let go. */
  picture.addEventListener("click", (event) => { if (moved > 6) event.preventDefault(); }, true);
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  show();
}

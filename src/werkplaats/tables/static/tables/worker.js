/* Shows the page of the day, and what it is made of, when there is no connection or it takes too long. Of everything else it keeps
   out: what is not there, is not there. The page itself puts into the drawer what may be shown. */
"use strict";

const PAGES = "samen-tafels", PATIENCE = 4000, PARTS = ["style", "script", "image"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const asked = event.request, address = new URL(asked.url), isPage = asked.mode === "navigate";
  if (asked.method !== "GET" || address.origin !== self.location.origin) return;
  if (isPage ? !address.pathname.endsWith("/bijhouden/") : !PARTS.includes(asked.destination)) return;
  event.respondWith(shown(asked, isPage ? address.pathname : asked));
});

async function shown(asked, name) {
  const found = await (await caches.open(PAGES)).match(name, { ignoreVary: true });
  const fresh = fetch(asked);
  if (!found) return fresh;
  const late = new Promise((tell) => setTimeout(() => tell(found), PATIENCE));
  return Promise.race([fresh.catch(() => found), late]);
}

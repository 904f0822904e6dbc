// SPDX-License-Identifier: Apache-2.0
// What makes the pages quicker for practised hands. Every page works without it.
"use strict";

// Keys: "/" goes to the search, "g" and a letter to a section, "?" lists them. They can be turned off (WCAG 2.2, 2.1.4)
// and never act while something is typed.
(() => {
  const stored = "turna-keys-off";
  const places = { w: "/work", r: "/register", c: "/cards", h: "/help", o: "/office", a: "/account" };
  const list = document.getElementById("keys");
  const toggle = document.getElementById("keys-switch");
  const areOff = () => localStorage.getItem(stored) !== null;
  const name = () => { if (toggle) toggle.textContent = areOff() ? toggle.dataset.on : toggle.dataset.off; };
  name();
  toggle?.addEventListener("click", () => {
    if (areOff()) localStorage.removeItem(stored); else localStorage.setItem(stored, "1");
    name();
  });
  let begun = 0;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !list) return;
    if (event.key === "?") { list.showModal(); event.preventDefault(); return; }
    if (areOff()) return;
    if (event.key === "/") { document.getElementById("search")?.focus(); event.preventDefault(); return; }
    const link = begun + 1500 > event.timeStamp ? document.querySelector(`a[href="${places[event.key]}"]`) : null;
    if (link) { link.click(); event.preventDefault(); }
    begun = event.key === "g" ? event.timeStamp : 0;
    if (event.key === "n") document.querySelector("a[rel=next]")?.click();
  });
})();

// What is wrong with a form is read first.
document.getElementById("errors")?.focus();

// A form that was sent is not sent again by a second click; the server would refuse it, but the officer should not wonder.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 3000);
});

// A leaving officer is warned only where a page says so.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

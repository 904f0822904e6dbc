// SPDX-License-Identifier: Apache-2.0
// "Leave quickly": the page is replaced by the start page at once, so that "back" does not lead here, while the visit ends at
// the server. Three presses of Escape do the same. Without script the form ends the visit and shows a page that says so.
"use strict";

(() => {
  const form = document.getElementById("leave");
  if (!form) return;
  let gone = false;
  const leave = () => {
    if (gone) return;
    gone = true;
    document.documentElement.hidden = true;
    const left = fetch(form.action, { method: "POST", keepalive: true, redirect: "manual" });
    const away = () => location.replace("/");
    left.then(away, away);
    setTimeout(away, 800);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
  // A page kept in memory for "back" is not shown again.
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace("/"); });
})();

// SPDX-License-Identifier: Apache-2.0
// A photo taken on the spot, seen before it is sent, and taken again if it did not turn out well. Without it, or without a
// camera, a file is chosen; on a telephone that is its camera too.
"use strict";

const input = document.querySelector("input[data-photo]");
const words = input?.closest("form")?.querySelector("[data-photo-words]")?.dataset;

if (input && navigator.mediaDevices?.getUserMedia) {
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const video = document.createElement("video");
  video.playsInline = true;
  video.muted = true;
  video.className = "turna-camera";
  const picture = document.createElement("canvas");
  picture.className = "turna-camera";
  const place = document.createElement("div");
  place.setAttribute("aria-live", "polite");
  input.after(place);
  let stream;

  const stop = () => { for (const track of stream?.getTracks() ?? []) track.stop(); stream = undefined; };

  const begin = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 } } });
    } catch {
      place.replaceChildren(document.createTextNode(words.denied), start);
      return;
    }
    video.srcObject = stream;
    await video.play();
    place.replaceChildren(video, take);
    take.focus();
  };

  // The middle of the picture, three by four, as on a card.
  const shoot = () => {
    const height = video.videoHeight;
    const width = Math.min(video.videoWidth, Math.round(height * 3 / 4));
    picture.width = width;
    picture.height = height;
    picture.getContext("2d").drawImage(video, (video.videoWidth - width) / 2, 0, width, height, 0, 0, width, height);
    stop();
    picture.toBlob((blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
      input.files = files.files;
      place.replaceChildren(picture, again);
      document.querySelector("#form button[type=submit]")?.focus();
    }, "image/jpeg", 0.92);
  };

  const start = button(words.start, begin);
  const take = button(words.take, shoot);
  const again = button(words.again, begin);
  place.replaceChildren(start);
  input.addEventListener("change", () => { stop(); place.replaceChildren(start); });
  addEventListener("pagehide", stop);
}

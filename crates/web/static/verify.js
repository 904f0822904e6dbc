// SPDX-License-Identifier: Apache-2.0
// The camera of the check page. The browser's own reader of codes is used where there is one; only elsewhere is ours fetched
// (WebAssembly, 0.4 MB). What is read goes into the form and nowhere else. Without script the form takes a picture.
"use strict";

(() => {
  const box = document.getElementById("camera");
  const form = document.getElementById("form");
  if (!box || !form || !navigator.mediaDevices?.getUserMedia) return;
  const [start, stop, video, message] = ["start", "stop", "picture", "message"].map((id) => document.getElementById(`camera-${id}`));
  const every = 200; // milliseconds between two looks
  const side = 1280; // pixels at which a whole card can be read
  let stream = null;
  box.hidden = false;

  const own = async () => {
    if (!("BarcodeDetector" in window)) return null;
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (source) => (await detector.detect(source))[0]?.rawValue;
  };

  const fetched = async () => {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      [script.src, script.onload, script.onerror] = [box.dataset.reader, resolve, reject];
      document.head.append(script);
    });
    await ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => box.dataset.wasm }, fireImmediately: true });
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return async (source) => {
      const scale = Math.min(1, side / Math.max(source.videoWidth, source.videoHeight));
      [canvas.width, canvas.height] = [source.videoWidth * scale, source.videoHeight * scale];
      context.drawImage(source, 0, 0, canvas.width, canvas.height);
      const picture = context.getImageData(0, 0, canvas.width, canvas.height);
      const found = await ZXingWASM.readBarcodes(picture, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
      return found[0]?.text;
    };
  };

  const end = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    [video.hidden, stop.hidden, start.hidden, message.textContent] = [true, true, false, ""];
  };

  const look = async (read) => {
    if (!stream) return;
    const text = video.readyState >= 2 ? await read(video).catch(() => null) : null;
    if (!text) { setTimeout(look, every, read); return; }
    end();
    document.getElementById("text").value = text;
    form.requestSubmit();
  };

  start.addEventListener("click", async () => {
    message.textContent = box.dataset.looking;
    start.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
      [video.srcObject, video.hidden, stop.hidden] = [stream, false, false];
      await video.play();
      look((await own().catch(() => null)) ?? (await fetched()));
    } catch {
      end();
      message.textContent = box.dataset.refused;
    }
  });
  stop.addEventListener("click", end);
  addEventListener("pagehide", end);
})();

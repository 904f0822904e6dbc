// SPDX-License-Identifier: Apache-2.0
// Draws and encodes the film of the public site:
//
//   node film.mjs FOLDER
//
// Every frame is a drawing of our own (SVG), so nobody's face is in it and nobody is asked. It has no sound; what it tells
// stands in the captions, in five languages (`crates/web/static/film/*.vtt`), whose times are those of SCENES below. The
// encoder is a tool of the build and no part of the program.

import { spawn } from "node:child_process";
import { chmodSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { Resvg } from "@resvg/resvg-js";

const [WIDTH, HEIGHT, RATE] = [960, 540, 12];
const SECONDS = 7; // of each scene

const INK = "#16324a";
const SKY = "#dbeaf2";
const SAND = "#f3e3c7";
const SKIN = ["#c68e63", "#8a5a3b", "#e0b48c", "#a87046"];

const ease = (t) => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t));
const mix = (a, b, t) => a + (b - a) * ease(t);
const part = (t, from, to) => (t - from) / (to - from);
const at = (x, y, body, scale = 1) => `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale})">${body}</g>`;
const fade = (t, body) => `<g opacity="${ease(t).toFixed(3)}">${body}</g>`;

/** A crane in flight; `beat` goes round once per beat of its wings. */
const crane = (beat) => {
  const tip = Math.sin(beat * 2 * Math.PI) * 46;
  return `<g fill="#fff" stroke="${INK}" stroke-width="5" stroke-linejoin="round">
    <path d="M-10 0C-30 ${-40 - tip} -90 ${-62 - tip} -130 ${-46 - tip}C-96 ${-20 - tip * 0.4} -60 10 -10 14z"/>
    <path d="M-6 0C-4 ${-50 - tip} 30 ${-84 - tip} 74 ${-84 - tip}C60 ${-40 - tip * 0.4} 36 0 4 14z" fill="#eef4f8"/>
    <path d="M-62 14C-30 -6 20 -6 60 2C90 6 110 -6 128 -22C132 -26 138 -24 137 -18C120 8 96 20 58 22C16 26 -30 30 -62 14z"/>
    <path d="M134 -23L160 -20L136 -15z" fill="#c8553d"/><path d="M-62 14L-120 30M-58 20L-112 42" fill="none"/></g>`;
};

/** A person: head, body, a scarf if asked; nobody in particular. */
const person = ({ skin = 0, cloth = "#2f6f8f", tall = 1, scarf = null, arm = 0 }) => `<g transform="scale(${tall})">
  <path d="M-34 150C-36 70 -30 30 0 30C30 30 36 70 34 150z" fill="${cloth}"/>
  <path d="M18 52C40 62 ${52 + arm} ${84 - arm} ${64 + arm} ${92 - arm}" fill="none" stroke="${cloth}" stroke-width="18" stroke-linecap="round"/>
  <circle cx="${66 + arm}" cy="${93 - arm}" r="9" fill="${SKIN[skin]}"/>
  <circle cx="0" cy="0" r="27" fill="${SKIN[skin]}"/>
  ${scarf ? `<path d="M-30 6C-34 -34 34 -34 30 6C34 30 20 44 0 44C-20 44 -34 30 -30 6zM-20 4C-20 22 -10 30 0 30C10 30 20 22 20 4C20 -14 -20 -14 -20 4z" fill="${scarf}" fill-rule="evenodd"/>` : `<path d="M-28 -2C-30 -36 30 -36 28 -2C18 -18 -18 -18 -28 -2z" fill="#3b2a20"/>`}</g>`;

const child = (options) => person({ tall: 0.62, ...options });
const ground = (colour = SAND) => `<rect width="${WIDTH}" height="${HEIGHT}" fill="${SKY}"/><path d="M0 400C200 380 420 410 640 396C760 388 860 392 960 384V540H0z" fill="${colour}"/>`;
const room = `<rect width="${WIDTH}" height="${HEIGHT}" fill="#f6efe2"/><rect y="430" width="${WIDTH}" height="110" fill="#e2d3b6"/><rect x="90" y="70" width="180" height="150" rx="6" fill="${SKY}" stroke="${INK}" stroke-width="5"/><path d="M180 70V220M90 145H270" stroke="${INK}" stroke-width="4"/>`;
const table = (x, width) => `<rect x="${x}" y="356" width="${width}" height="20" rx="6" fill="#8c6a46"/><rect x="${x + 20}" y="376" width="16" height="84" fill="#7a5a3a"/><rect x="${x + width - 36}" y="376" width="16" height="84" fill="#7a5a3a"/>`;
const paper = (lines = 4) => `<rect x="-44" y="-56" width="88" height="112" rx="4" fill="#fff" stroke="${INK}" stroke-width="4"/>${Array.from({ length: lines }, (_, i) => `<path d="M-30 ${-34 + i * 20}H${i % 2 ? 12 : 30}" stroke="#7d93a3" stroke-width="5"/>`).join("")}`;
const code = `<g fill="${INK}"><path d="M0 0h14v14H0zM22 0h6v6h-6zM34 0h14v14H34zM0 22h6v6H0zM12 20h10v8H12zM28 20h8v14h-8zM42 24h6v10h-6zM0 34h14v14H0zM20 36h6v12h-6zM34 40h14v8H34z"/></g>`;
const card = `<rect x="-110" y="-68" width="220" height="136" rx="14" fill="#fff" stroke="${INK}" stroke-width="5"/><rect x="-110" y="-68" width="220" height="30" rx="14" fill="#2f6f8f"/><circle cx="-66" cy="-4" r="17" fill="${SKIN[0]}"/><path d="M-92 44C-92 16 -40 16 -40 44z" fill="#8f3f5c"/><path d="M-20 -14H34M-20 8H24M-20 30H34" stroke="#7d93a3" stroke-width="7"/>${at(50, -20, code)}`;
const gift = `<rect x="-46" y="-30" width="92" height="76" rx="5" fill="#c8553d"/><rect x="-54" y="-46" width="108" height="24" rx="5" fill="#a9432e"/><path d="M0 -46V46M-46 6H46" stroke="#f5d27a" stroke-width="10"/><path d="M0 -46C-30 -86 -56 -60 0 -46C56 -60 30 -86 0 -46z" fill="none" stroke="#f5d27a" stroke-width="9"/>`;
const tick = (t) => `<circle r="64" fill="#1d7a52"/><path d="M-30 2L-8 26L32 -24" fill="none" stroke="#fff" stroke-width="15" stroke-linecap="round" stroke-linejoin="round" stroke-dasharray="100" stroke-dashoffset="${(100 * (1 - ease(t))).toFixed(1)}"/>`;

const family = (t) => at(0, Math.abs(Math.sin(t * 9)) * -5, [
  at(0, 0, person({ skin: 0, cloth: "#2f6f8f" })),
  at(92, 8, person({ skin: 2, cloth: "#8f3f5c", scarf: "#d9b24c", tall: 0.95 })),
  at(164, 62, child({ skin: 0, cloth: "#d9823b" })),
  at(214, 72, child({ skin: 2, cloth: "#4d8f5b", tall: 0.54 })),
].join(""));

/** What happens, scene by scene; `t` runs from 0 to 1 in each. */
const SCENES = [
  // The crane crosses sea and hills at sunrise.
  (t) => `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbe3c9"/><circle cx="700" cy="${mix(360, 210, t)}" r="74" fill="#f2a45c"/>
    <path d="M0 330C160 250 260 300 380 270C520 236 640 310 960 250V540H0z" fill="#9cc0b4"/><path d="M0 410H960V540H0z" fill="#5d9ab5"/>
    <path d="M40 450h120M260 480h160M520 446h130M740 490h150" stroke="#cfe4ee" stroke-width="5" stroke-linecap="round"/>
    ${at(mix(-180, 760, t), 190 - 60 * Math.sin(t * 3), crane(t * 7), 0.95)}`,
  // A family comes to a house with an open door.
  (t) => `${ground()}<rect x="620" y="150" width="270" height="262" fill="#fff7ea" stroke="${INK}" stroke-width="6"/><path d="M600 156L755 70L910 156z" fill="#c8553d" stroke="${INK}" stroke-width="6"/>
    <rect x="710" y="250" width="90" height="162" fill="#f9d58b" stroke="${INK}" stroke-width="6"/><path d="M710 250L${mix(800, 672, part(t, 0.1, 0.5))} ${mix(250, 268, part(t, 0.1, 0.5))}V430L710 412z" fill="#8c6a46" stroke="${INK}" stroke-width="5"/>
    ${at(mix(-250, 330, t), 268, family(t))}${at(850, 280, fade(part(t, 0.5, 0.7), person({ skin: 3, cloth: "#35506b", arm: -6 })))}`,
  // She tells her reasons: alone with the officer and the interpreter.
  (t) => `${room}${at(300, 250, person({ skin: 2, cloth: "#8f3f5c", scarf: "#d9b24c", arm: 6 * Math.sin(t * 20) }))}${at(700, 250, `<g transform="scale(-1 1)">${person({ skin: 3, cloth: "#35506b" })}</g>`)}${at(500, 236, person({ skin: 1, cloth: "#4d8f5b", tall: 0.94 }))}
    ${table(210, 580)}${at(590, 348, `<g transform="rotate(90) scale(.55)">${paper(Math.min(5, Math.floor(t * 7)))}</g>`)}
    ${fade(part(t, 0.1, 0.3), `<path d="M330 120h150a18 18 0 0 1 18 18v34a18 18 0 0 1-18 18H390l-30 26v-26h-30a18 18 0 0 1-18-18v-34a18 18 0 0 1 18-18z" fill="#fff" stroke="${INK}" stroke-width="5"/><path d="M340 146h${mix(10, 130, part(t, 0.25, 0.55))}M340 166h${mix(10, 90, part(t, 0.5, 0.8))}" stroke="#7d93a3" stroke-width="6" stroke-linecap="round"/>`)}`,
  // One officer proposes, another decides.
  (t) => `${room}${at(270, 250, person({ skin: 3, cloth: "#35506b" }))}${at(720, 250, `<g transform="scale(-1 1)">${person({ skin: 1, cloth: "#6b4a78", scarf: "#b9a3c7" })}</g>`)}${table(180, 640)}
    ${at(mix(390, 600, part(t, 0.3, 0.6)), 290, paper(5))}${fade(part(t, 0.1, 0.25), at(mix(415, 625, part(t, 0.3, 0.6)), 330, `<path d="M-24 0C-12 -16 -4 12 6 -4C14 -14 16 8 26 -2" fill="none" stroke="#2f6f8f" stroke-width="5"/>`))}
    ${fade(part(t, 0.68, 0.8), at(575, 268, `<circle r="20" fill="none" stroke="#c8553d" stroke-width="6"/><path d="M-8 0L-1 8L10 -8" fill="none" stroke="#c8553d" stroke-width="6"/>`))}`,
  // Cards and gifts are handed over, once.
  (t) => `${room}<path d="M420 60H900" stroke="#c8553d" stroke-width="10"/>${[0, 1, 2, 3, 4, 5].map((i) => `<path d="M${440 + i * 80} 64l26 44l26-44z" fill="${["#d9823b", "#4d8f5b", "#2f6f8f"][i % 3]}"/>`).join("")}
    ${at(230, 250, person({ skin: 1, cloth: "#6b4a78", scarf: "#b9a3c7", arm: 10 }))}${at(640, 250, `<g transform="scale(-1 1)">${person({ skin: 2, cloth: "#8f3f5c", scarf: "#d9b24c", arm: 8 })}</g>`)}${at(740, 318, child({ skin: 0, cloth: "#d9823b" }))}
    ${at(mix(330, 540, part(t, 0.15, 0.5)), 330, card, 0.62)}${at(mix(300, 720, part(t, 0.5, 0.85)), mix(300, 400, part(t, 0.5, 0.85)), fade(part(t, 0.45, 0.52), gift), 0.9)}`,
  // Anybody checks a card; the log keeps a seal of every act; the crane goes on.
  (t) => `<rect width="${WIDTH}" height="${HEIGHT}" fill="${SKY}"/><rect x="150" y="96" width="210" height="370" rx="26" fill="${INK}"/><rect x="166" y="122" width="178" height="312" rx="8" fill="${t > 0.45 ? "#e3f3ea" : "#fff"}"/>
    ${t > 0.45 ? at(255, 270, tick(part(t, 0.45, 0.65))) : at(255, 270, card, 0.66)}${t < 0.45 ? `<path d="M176 ${mix(180, 380, part(t, 0.05, 0.4))}H334" stroke="#c8553d" stroke-width="5"/>` : ""}
    ${[0, 1, 2, 3, 4].map((i) => fade(part(t, 0.5 + i * 0.08, 0.56 + i * 0.08), at(470 + i * 92, 400, `<circle r="30" fill="none" stroke="#2f6f8f" stroke-width="11"/>${i ? `<path d="M-62 0H-30" stroke="#2f6f8f" stroke-width="11"/>` : ""}`))).join("")}
    ${at(mix(420, 800, t), 180 - 30 * Math.sin(t * 3), crane(t * 7), 0.7)}`,
];

const frame = (index) => {
  const scene = Math.floor(index / (SECONDS * RATE));
  const t = (index % (SECONDS * RATE)) / (SECONDS * RATE - 1);
  const veil = Math.max(0, 1 - t * SECONDS * 2, 1 - (1 - t) * SECONDS * 2);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${SCENES[scene](t)}<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff" opacity="${veil.toFixed(3)}"/></svg>`;
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render();
};

const encoder = createRequire(import.meta.url).resolve("@ffmpeg-installer/linux-x64/ffmpeg");
// npm unpacks it without the right to run.
chmodSync(encoder, 0o755);
const folder = process.argv[2];
const input = ["-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", `${WIDTH}x${HEIGHT}`, "-r", String(RATE), "-i", "-"];
// Without times and tool names in the files, and in one thread, the same drawings give the same bytes.
const plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-pix_fmt", "yuv420p", "-threads", "1"];
const outputs = [
  [...plain, "-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "40", "-cpu-used", "4", path.join(folder, "film.webm")],
  [...plain, "-c:v", "libx264", "-crf", "27", "-preset", "medium", "-movflags", "+faststart", path.join(folder, "film.mp4")],
];
const process_ = spawn(encoder, [...input, ...outputs.flat()], { stdio: ["pipe", "inherit", "inherit"] });
const ended = new Promise((resolve, reject) => process_.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the encoder ended with ${code}`)))));
for (let index = 0; index < SCENES.length * SECONDS * RATE; index += 1) {
  if (!process_.stdin.write(frame(index).pixels)) await new Promise((resolve) => process_.stdin.once("drain", resolve));
}
process_.stdin.end();
await ended;

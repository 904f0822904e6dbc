// SPDX-License-Identifier: Apache-2.0
// What a page weighs on the way to a phone: everything on a first visit, and only the page on the next.

import zlib from "node:zlib";

import { none } from "../report.mjs";
import { find } from "./pages.mjs";

/** What a first visit may weigh, in bytes. */
const FIRST_BYTES_MAX = 60 * 1024;
/** What the next page may weigh, in bytes. */
const NEXT_BYTES_MAX = 15 * 1024;

/** A person's photo is no part of the page: it is as large as her face needs, and shown to officers alone. */
const PHOTO = /^\/persons\/[^/]+\/picture$/;

/**
 * Bytes of each page type: on the first visit, and after it, apart from a photo. A page is counted as a proxy with TLS sends
 * it, compressed.
 */
export async function weigh(people) {
  const found = await find(people);
  const weights = [];
  for (const { type, address, role } of found) {
    const context = role ? await people.officer(role) : await people.stranger();
    const page = await context.newPage();
    let first = 0;
    let next = 0;
    const counted = [];
    page.on("response", (response) => {
      counted.push(
        (async () => {
          const { pathname } = new URL(response.url());
          const body = await response.body().catch(() => Buffer.alloc(0));
          const isText = /^(text\/|image\/svg|application\/(json|javascript))/.test(response.headers()["content-type"] ?? "");
          const bytes = isText ? Math.min(zlib.gzipSync(body, { level: 6 }).length, body.length) : body.length;
          first += bytes;
          if (!pathname.startsWith("/static/") && !PHOTO.test(pathname)) next += bytes;
        })(),
      );
    });
    await page.goto(address, { waitUntil: "load" });
    await Promise.all(counted);
    weights.push({ type, first, next });
    await context.close();
  }
  return weights;
}

/** Every page type keeps to the limits. */
export async function run(report, people) {
  await report.check("no page is too heavy for a phone of the field", async () => {
    const heavy = (await weigh(people)).filter(({ first, next }) => first > FIRST_BYTES_MAX || next > NEXT_BYTES_MAX);
    none("too heavy", heavy.map(({ type, first, next }) => `${type}: ${first} bytes at first, ${next} bytes next`));
  });
}

// SPDX-License-Identifier: Apache-2.0
// Journeys through the pages in a real browser.
//
//   node run.mjs PROGRAM FOLDER [--only PART [--type PATTERN]] [--pictures FOLDER] [--chosen FOLDER] [--measure]
//
// PROGRAM is the program, FOLDER an empty folder for the demo's data. The parts are in `parts/`; with --only one of them is
// run, and with --type only the page types whose address matches. With --pictures no test is run: every page type is
// photographed in every language and width into that folder, and those that the documents show into the other. With
// --measure weights and scores are printed.
// The tests end with `browser: N passed, M failed`.

import process from "node:process";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

import * as lighthouse from "./parts/lighthouse.mjs";
import * as outside from "./parts/outside.mjs";
import * as pages from "./parts/pages.mjs";
import * as pictures from "./parts/pictures.mjs";
import * as story from "./parts/story.mjs";
import * as walls from "./parts/walls.mjs";
import * as weight from "./parts/weight.mjs";
import { People } from "./people.mjs";
import { Report } from "./report.mjs";
import { Site } from "./site.mjs";

/** Debian's browser; no other is downloaded. */
const BROWSER = process.env.TURNA_BROWSER ?? "/usr/bin/chromium";

/** The parts in the order they run: later ones find what earlier ones have done. */
const PARTS = { story, outside, walls, pages, weight, lighthouse };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    type: { type: "string", default: "" },
    pictures: { type: "string" },
    chosen: { type: "string" },
    measure: { type: "boolean" },
  },
});
const [program, folder] = positionals;

async function test(report, people) {
  for (const [name, part] of Object.entries(PARTS)) {
    if (values.only && values.only !== name) continue;
    const began = Date.now();
    const before = report.passed;
    await part.run(report, people, values.type);
    console.log(`${name}: ${report.passed - before} held, ${Math.round((Date.now() - began) / 1000)} s`);
  }
  await report.check("the program still runs at the end", async () => {
    if (!people.site.isRunning) throw new Error("it ended by itself");
  });
}

async function measure(people) {
  console.log("bytes at first and on the next page, compressed");
  for (const { type, first, next } of await weight.weigh(people)) {
    console.log(`${String(first).padStart(8)} ${String(next).padStart(8)}  ${type}`);
  }
  console.log("Lighthouse as a phone: performance, accessibility, first paint");
  for (const page of await lighthouse.scores(people, await lighthouse.addresses(people), ["performance", "accessibility"])) {
    console.log(`${page.performance.toFixed(2).padStart(8)} ${page.accessibility.toFixed(2).padStart(8)} ${page.paint.padStart(8)}  ${page.name}`);
  }
}

const report = new Report();
const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const isPicture = Boolean(values.pictures ?? values.chosen);
const isTest = !isPicture && !values.measure;
let site;
try {
  site = await Site.start(program, folder);
  const people = new People(browser, site, BROWSER);
  if (isPicture) await pictures.take(people, values.pictures, values.chosen);
  else if (values.measure) await measure(people);
  else await test(report, people);
} catch (error) {
  report.failed += 1;
  console.log(`FAILED: ${error.stack ?? error}`);
} finally {
  await browser.close();
  await site?.stop();
}
process.exitCode = isTest ? report.end() : Math.min(report.failed, 1);

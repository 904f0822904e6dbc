// SPDX-License-Identifier: Apache-2.0
// Journeys through the pages in a real browser.
//
//   node run.mjs PROGRAM FOLDER [--only PART] [--pictures FOLDER]
//
// PROGRAM is the program, FOLDER an empty folder for the demo's data. The parts are in `parts/`; with --only one of them is
// run. With --pictures no test is run: every page type is photographed in every language and width into that folder.
// Ends with `browser: N passed, M failed`.

import process from "node:process";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

import { Report } from "./report.mjs";
import { Site } from "./site.mjs";
import { People } from "./people.mjs";
import * as pictures from "./parts/pictures.mjs";
import * as pages from "./parts/pages.mjs";

/** Debian's browser; no other is downloaded. */
const BROWSER = process.env.TURNA_BROWSER ?? "/usr/bin/chromium";

/** The parts in the order they run: later ones find what earlier ones have done. */
const PARTS = { pages };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, pictures: { type: "string" } },
});
const [program, folder] = positionals;

const report = new Report();
const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
let site;
try {
  site = await Site.start(program, folder);
  const people = new People(browser, site);
  if (values.pictures) {
    await pictures.take(people, values.pictures);
  } else {
    for (const [name, part] of Object.entries(PARTS)) {
      if (values.only && values.only !== name) continue;
      const began = Date.now();
      await part.run(report, people);
      console.log(`${name}: ${Math.round((Date.now() - began) / 1000)} s, ${report.passed} checks so far`);
    }
    await report.check("the program still runs at the end", async () => {
      if (!site.isRunning) throw new Error("it ended by itself");
    });
  }
} catch (error) {
  report.failed += 1;
  console.log(`FAILED: ${error.stack ?? error}`);
} finally {
  await browser.close();
  await site?.stop();
}
process.exitCode = values.pictures ? Math.min(report.failed, 1) : report.end();

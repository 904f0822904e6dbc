// SPDX-License-Identifier: Apache-2.0
// Pictures of every page type in every language and width, for people to look at, and the few that the documents show.

import fs from "node:fs";
import path from "node:path";

import { WIDTHS } from "../people.mjs";
import { find, inLanguage, languagesOf, windowFor } from "./pages.mjs";

/** What the documents show: the name of the picture, the page type, its language, and width and height in CSS pixels. */
const CHOSEN = [
  ["home-az", "/", "az", 1000, 900],
  ["register-en", "/register", "en", 1000, 700],
  ["case-en", "/claims/{}", "en", 1000, 900],
  ["card-desk-ru", "/cards", "ru", 1000, 700],
  ["verify-fa", "/verify", "fa", 390, 760],
];
/** How finely the chosen ones are compressed, of 100: small files in the repository, letters still sharp. */
const QUALITY = 72;

/** Takes them into a folder: `persons-{}-az-360.png`; and the chosen ones into another, as WebP. */
export async function take(people, folder, chosenFolder) {
  const found = await find(people);
  if (folder) await takeAll(people, found, folder);
  if (chosenFolder) await choose(people, found, chosenFolder);
}

async function takeAll(people, found, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  let count = 0;
  for (const { type, address, role } of found) {
    for (const width of WIDTHS) {
      const context = await windowFor(people, role, width, width < 600 ? "dark" : "light");
      const page = await context.newPage();
      for (const language of languagesOf(type, role)) {
        await page.goto(inLanguage(address, language));
        const name = type.replaceAll("/", "-").replace(/^-/, "") || "home";
        await page.screenshot({ path: path.join(folder, `${name}-${language}-${width}.png`), fullPage: true });
        count += 1;
      }
      await context.close();
    }
  }
  console.log(`${count} pictures of ${found.length} page types in ${folder}`);
}

async function choose(people, found, folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, type, language, width, height] of CHOSEN) {
    const page = found.find((each) => each.type === type);
    if (!page) throw new Error(`there is no page ${type} for the picture ${name}`);
    const options = { viewport: { width, height }, colorScheme: "light" };
    const context = page.role ? await people.officer(page.role, options) : await people.stranger(options);
    const window = await context.newPage();
    await window.goto(inLanguage(page.address, language));
    const browser = await context.newCDPSession(window);
    const { data } = await browser.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    fs.writeFileSync(path.join(folder, `${name}.webp`), Buffer.from(data, "base64"));
    await context.close();
  }
  console.log(`${CHOSEN.length} pictures for the documents in ${folder}`);
}

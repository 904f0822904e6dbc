// SPDX-License-Identifier: Apache-2.0
// Pictures of every page type in every language and width, for people to look at.

import fs from "node:fs";
import path from "node:path";

import { WIDTHS } from "../people.mjs";
import { find, inLanguage, languagesOf, windowFor } from "./pages.mjs";

/** Takes them into a folder: `person-{}-az-360.png`. */
export async function take(people, folder) {
  fs.mkdirSync(folder, { recursive: true });
  const found = await find(people);
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

// SPDX-License-Identifier: Apache-2.0
// Every page type, in every language it speaks and in both widths, keeps the rules of `rules.mjs`.

import { crawl, everyLinkLeadsSomewhere } from "../crawl.mjs";
import { Mouse } from "../hands.mjs";
import { LANGUAGES, ROLES, STAFF_LANGUAGES, WIDTHS } from "../people.mjs";
import * as rules from "../rules.mjs";

/** Pages that the public finds by themselves; everything else is found by links. */
const PUBLIC_BEGINNINGS = ["/", "/sign-in"];
/** Pages that the public can open and that speak only the languages of staff. */
const STAFF_PAGES = ["/sign-in"];
/** Where those who have signed in begin. */
const STAFF_BEGINNINGS = ["/home", "/account"];
/** How many windows work at the same time. */
const WINDOWS = 2;

/** Leaves a registration unfinished on its last page, so that links lead to each of its pages. */
async function leaveUnfinished(people, purpose, given) {
  const context = await people.officer("registrar");
  const hands = new Mouse(await context.newPage());
  await hands.open("/register?lang=en");
  await hands.choose(purpose);
  await hands.press("Begin");
  await hands.fill("Given names", given);
  await hands.press("Save and continue");
  await hands.fill("Birth date", "1990");
  await hands.choose("Female");
  await hands.press("Save and continue");
  await hands.press("Save and continue");
  await hands.press("Save and check the answers");
  await context.close();
}

/**
 * All page types with somebody who may see each.
 * @returns {Promise<{type: string, address: string, role: string | null}[]>}
 */
export async function find(people, onBroken = () => {}) {
  await leaveUnfinished(people, "Asylum", "Unfinished");
  await leaveUnfinished(people, "Internal displacement", "Unended");
  const found = new Map();
  const visit = async (role, context, beginnings) => {
    const { types, broken } = await crawl(context, beginnings.map((path) => people.site.url + path));
    for (const [type, address] of types) if (!found.has(type)) found.set(type, { type, address, role });
    await onBroken(role, broken);
    await context.close();
  };
  await visit(null, await people.stranger(), PUBLIC_BEGINNINGS);
  for (const role of ROLES) await visit(role, await people.officer(role), STAFF_BEGINNINGS);
  return [...found.values()];
}

/** The languages that a page speaks. */
export function languagesOf(type, role) {
  return role || STAFF_PAGES.includes(type) ? STAFF_LANGUAGES : LANGUAGES;
}

/** A page in a language. */
export function inLanguage(address, language) {
  const url = new URL(address);
  url.searchParams.set("lang", language);
  return url.href;
}

/** A window for a page type, wide or narrow, by day or by night. */
export async function windowFor(people, role, width, colorScheme = "light") {
  const options = { viewport: { width, height: width < 600 ? 740 : 900 }, colorScheme };
  return role ? people.officer(role, options) : people.stranger(options);
}

async function look(report, people, { type, address, role }) {
  const languages = languagesOf(type, role);
  for (const width of WIDTHS) {
    // A phone is looked at by night, a counter by day.
    const context = await windowFor(people, role, width, width < 600 ? "dark" : "light");
    const page = await context.newPage();
    for (const language of languages) {
      await report.check(`${type} (${role ?? "public"}, ${language}, ${width} px) keeps the rules`, async () => {
        const response = await page.goto(inLanguage(address, language));
        if (!response.ok()) throw new Error(`${address} answers ${response.status()}`);
        await rules.isWhole(page, language);
        await rules.doesNotScrollSideways(page);
        if (["ar", "fa"].includes(language)) await rules.isMirrored(page);
        // axe takes a second for each page, and sees the same in both widths but for a few rules: half of the languages each.
        if (WIDTHS.indexOf(width) === languages.indexOf(language) % 2) await rules.hasNoAxeViolation(page);
        if (width > 600) await rules.bearsLargeText(page);
      });
    }
    await report.check(`${type} (${role ?? "public"}, ${width} px) can be used by the Tab key`, async () => {
      await page.goto(inLanguage(address, languages[1]));
      await rules.leadsTheTabKey(page);
    });
    await context.close();
  }
}

/** Looks at everything, or only at the page types whose address matches. */
export async function run(report, people, only = "") {
  const found = await find(people, (role, broken) =>
    report.check(`every link that ${role ?? "the public"} sees leads somewhere`, async () => everyLinkLeadsSomewhere(broken)),
  );
  console.log(`pages: ${found.length} page types: ${found.map(({ type }) => type).join(" ")}`);
  const queue = found.filter(({ type }) => new RegExp(only).test(type));
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await look(report, people, next);
  };
  await Promise.all(Array.from({ length: WINDOWS }, work));
}

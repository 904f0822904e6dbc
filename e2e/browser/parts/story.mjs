// SPDX-License-Identifier: Apache-2.0
// The whole story in the browser: a family of five is registered, the mother's claim is heard, proposed and decided, her card
// is prepared, checked, signed, printed and handed over, and the auditor opens the record. Three times: by mouse, by
// keyboard alone, and without JavaScript.

import fs from "node:fs";
import path from "node:path";

import { Keyboard, Mouse } from "../hands.mjs";
import { same } from "../report.mjs";
import { hasNoAxeViolation } from "../rules.mjs";

/** An invented family for each way: three families with the same names would be asked about as look-alikes. */
const FAMILIES = {
  mouse: { family: "Zadran", own: "زدران", head: ["Shirin", "شیرین"], spouse: "Kabir", children: ["Omid", "Laleh", "Yunus"] },
  keyboard: { family: "Hotaki", own: "هوتکی", head: ["Parwin", "پروین"], spouse: "Daud", children: ["Navid", "Mina", "Farid"] },
  plain: { family: "Barakzai", own: "بارکزی", head: ["Roya", "رویا"], spouse: "Salim", children: ["Idris", "Hosna", "Tariq"] },
};
/** Birth years differ too, for the same reason. */
const BIRTHS = { mouse: 1986, keyboard: 1979, plain: 1991 };
/** The relation, the sex that it tells, and the age below the mother's, of each member after her. */
const MEMBERS = [
  ["Spouse", "Male", -2],
  ["Son", "Male", 24],
  ["Daughter", "Female", 27],
  ["Son", "Male", 31],
];

/** A drawn face, as a photo for the card. */
async function drawFace(people, folder) {
  const context = await people.browser.newContext({ viewport: { width: 480, height: 640 } });
  const page = await context.newPage();
  await page.setContent(
    `<body style="margin:0"><svg width="480" height="640" viewBox="0 0 48 64"><rect width="48" height="64" fill="#dfe7ea"/>
     <path d="M4 64c0-14 8-20 20-20s20 6 20 20z" fill="#35506b"/><ellipse cx="24" cy="27" rx="12" ry="15" fill="#d9a27c"/>
     <path d="M11 26C10 8 38 8 37 26c-3-8-8-10-13-10s-10 2-13 10z" fill="#2b1d14"/><circle cx="19" cy="27" r="1.4"/>
     <circle cx="29" cy="27" r="1.4"/><path d="M20 35q4 3 8 0" stroke="#8c4a34" fill="none"/></svg>`,
  );
  const file = path.join(folder, "face.png");
  await page.screenshot({ path: file });
  await context.close();
  return file;
}

/** Opens a section of the officer's bar. */
async function section(hands, name) {
  await hands.open("/account?lang=en");
  await hands.follow(name);
}

/** Registers the family; returns the number of the mother. */
async function register(hands, way, face) {
  const { family, own, head, spouse, children } = FAMILIES[way];
  await section(hands, "Register");
  await hands.choose("Asylum");
  await hands.press("Begin");
  await hands.fill("Given names", head[0]);
  await hands.fill("Family name", family);
  await hands.fill("Given names in the own script", head[1]);
  await hands.fill("Family name in the own script", own);
  await hands.press("Save and continue");
  await hands.fill("Birth date", `12.04.${BIRTHS[way]}`);
  await hands.choose("Female");
  await hands.fill("Place of birth", "Herat");
  await hands.fill("Citizenship", "Afghanistan");
  await hands.fill("Country of birth", "Afghanistan");
  await hands.fill("Best language", "Dari");
  await hands.press("Save and continue");
  await hands.fill("Telephone", "+994 50 000 00 00");
  await hands.press("Save and continue");
  await hands.upload("Photo", face);
  await hands.press("Save and add another member");
  for (const [index, given] of [spouse, ...children].entries()) {
    const [relation, , years] = MEMBERS[index];
    await hands.select("Relation to the head", relation);
    await hands.fill("Given names", given);
    await hands.press("Save and continue");
    await hands.fill("Birth date", `0${index + 2}.06.${BIRTHS[way] + years}`);
    if (relation === "Spouse") await hands.choose("Male");
    await hands.press("Save and continue");
    await hands.press(index + 1 < MEMBERS.length ? "Save and add another member" : "Save and check the answers");
  }
  await hands.press("Register");
  const number = /\/persons\/([A-Z0-9-]+)/.exec(hands.page.url())?.[1];
  if (!number) throw new Error(`no receipt after the registration but ${hands.page.url()}: ${await hands.page.locator("main").innerText()}`);
  return number;
}

/** Holds one of the two interviews. */
async function interview(hands, name) {
  await hands.follow(name);
  await hands.fill("Interpreter", "Interpreter 14");
  await hands.choose("Yes, alone");
  await hands.fill("What was said", "She was threatened in her town because she taught girls, and fled with her family.");
  await hands.choose("The interpreter, in the claimant's language");
  await hands.choose("The claimant signed");
  await hands.press(name);
}

/** Opens the claim, hears it and proposes; returns the claim's page. */
async function hear(hands, person) {
  await hands.open(`/claims/new?lang=en&person=${person}`);
  await hands.select("Language of the procedure", "Dari");
  await hands.press("Open the claim");
  const claim = new URL(hands.page.url()).pathname;
  await hands.follow("Ask for own reasons, alone");
  await hands.fill("Own reasons, in the claimant's words", "I taught girls. Men came at night and threatened me.");
  await hands.press("Ask for own reasons, alone");
  await interview(hands, "Registration interview");
  await interview(hands, "Status interview");
  await hands.follow("Propose a decision");
  await hands.fill("Facts found", "The account is consistent and agrees with what is known of the town.");
  await hands.choose(/^Recognised as (a )?refugee/);
  await hands.choose(/Refugee|1951/, "Provisions");
  await hands.fill("Your own reason", "She was persecuted for teaching girls, and the state does not protect her.");
  await hands.press("Propose a decision");
  return claim;
}

/** The second officer decides. */
async function decide(hands, claim) {
  await hands.open(`${claim}?lang=en`);
  await hands.follow("Decide");
  await hands.fill("Your own reason", "I have read both interviews. The fear is well founded.");
  await hands.press("Decide");
}

/** Prepares the card; returns its page. */
async function prepare(hands, person) {
  await hands.open(`/cards/prepare?lang=en&person=${person}`);
  await hands.press("Prepare the card");
  return new URL(hands.page.url()).pathname;
}

/** Another officer checks, signs, prints and hands over. */
async function make(hands, card) {
  await hands.open(`${card}?lang=en`);
  await hands.press("The card agrees with the record");
  await hands.press("Sign");
  const printed = await hands.pressForPaper("Take a blank and print");
  same("what the printer sends", `${printed.status()} ${printed.headers()["content-type"]}`, "200 application/pdf");
  await hands.open(card);
  await hands.press("It was handed over");
  const state = await hands.page.locator("main .govuk-tag").first().innerText();
  same("state of the card", state.trim(), "In use");
}

/** The auditor finds the last records, opens one, and takes its proof along. */
async function audit(hands) {
  await section(hands, "Oversight");
  await hands.follow(/^\d[\d,\u00a0 ]*$/);
  const { page } = hands;
  const proof = await page.locator("main a[href$='/proof']").first().getAttribute("href");
  const response = await page.context().request.get(new URL(proof, page.url()).href);
  const [first] = (await response.text()).split("\n");
  same("first line of the proof", `${response.status()} ${first.split("@")[0]}`, "200 c2sp.org/tlog-proof");
}

/** A window of an officer for one way of working. */
async function at(people, way, role, nth, onPage) {
  const context = await people.officer(role, { nth, javaScriptEnabled: way !== "plain" });
  const page = await context.newPage();
  return way === "keyboard" ? new Keyboard(page, onPage) : new Mouse(page, onPage);
}

async function play(people, way, face) {
  const looked = new Set();
  // Every page of the way is looked at once; the pages of the other ways are the same.
  const onPage = async (page) => {
    const type = new URL(page.url()).pathname.replace(/\/[^/]*\d[^/]*/g, "/{}");
    if (way !== "mouse" || looked.has(type)) return;
    looked.add(type);
    await hasNoAxeViolation(page);
  };
  const officers = new Map();
  const officer = async (role, nth = 0) => {
    const key = role + nth;
    if (!officers.has(key)) officers.set(key, await at(people, way, role, nth, onPage));
    return officers.get(key);
  };
  const counts = [];
  const count = async (name, hands, work) => {
    const before = { pages: hands.pages, keystrokes: hands.keystrokes ?? 0 };
    const result = await work(hands);
    counts.push(`${name}: ${hands.pages - before.pages} pages${way === "keyboard" ? `, ${hands.keystrokes - before.keystrokes} keystrokes` : ""}`);
    return result;
  };
  const registrar = await officer("registrar");
  const person = await count("register a family of five", registrar, (hands) => register(hands, way, face));
  const claim = await count("hear and propose", await officer("case_officer"), (hands) => hear(hands, person));
  await count("decide", await officer("decision_maker"), (hands) => decide(hands, claim));
  const card = await count("prepare the card", await officer("card_officer"), (hands) => prepare(hands, person));
  await count("check, sign, print, hand over", await officer("card_officer", 1), (hands) => make(hands, card));
  await count("audit", await officer("auditor"), audit);
  for (const hands of officers.values()) await hands.page.context().close();
  console.log(`${way}: ${counts.join("; ")}`);
}

/** Plays it in three ways. */
export async function run(report, people) {
  const folder = fs.mkdtempSync(path.join(people.site.folder, "story-"));
  const face = await drawFace(people, folder);
  for (const [way, name] of [["mouse", "by mouse"], ["keyboard", "by keyboard alone"], ["plain", "without JavaScript"]]) {
    await report.check(`the whole story holds ${name}`, () => play(people, way, face));
  }
}

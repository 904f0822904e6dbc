// SPDX-License-Identifier: Apache-2.0
// What happens to those outside the counter: a displaced family is registered, a gift is given once, a card is checked by
// picture, text and camera, a mother reads her own file and leaves nothing behind, and pages that go wrong say so.

import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

import { Mouse } from "../hands.mjs";
import { none, same } from "../report.mjs";
import { LANGUAGES, WIDTHS } from "../people.mjs";
import { doesNotScrollSideways, hasNoAxeViolation, isMirrored, isWhole } from "../rules.mjs";

/** How long the camera may take to read a code, in milliseconds. */
const CAMERA_MS_MAX = 30_000;
/** Pictures in the film that stands for a camera. */
const FRAMES = 10;
/** A telephone of the field. */
const PHONE = { width: 360, height: 740 };

async function at(people, role, options) {
  const context = await people.officer(role, options);
  return new Mouse(await context.newPage(), hasNoAxeViolation);
}

async function registerDisplaced(people) {
  const hands = await at(people, "registrar");
  await hands.open("/register?lang=en");
  await hands.choose("Internal displacement");
  await hands.press("Begin");
  await hands.fill("Given names", "Sevinj");
  await hands.fill("Family name", "Qaradagli");
  await hands.press("Save and continue");
  await hands.fill("Birth date", "05.09.1961");
  await hands.choose("Female");
  await hands.fill("Citizenship", "Azerbaijan");
  await hands.press("Save and continue");
  await hands.press("Save and continue");
  await hands.press("Save and check the answers");
  await hands.fill("Day of displacement", "23.07.1993");
  for (const label of ["Cause", "Wave", "Where from: city or district", "Lives now in", "Kind of dwelling"]) await selectFirst(hands.page, label);
  await hands.fill("Place by its name then", "Qaradagli");
  await hands.press("Save and continue");
  await hands.press("Register");
  const [, number] = /\/persons\/([A-Z0-9-]+)\/receipt/.exec(hands.page.url()) ?? [];
  if (!number) throw new Error(`no receipt after the registration but ${hands.page.url()}: ${await hands.page.locator("main").innerText()}`);
  await hands.page.context().close();
  return number;
}

/** Chooses the first that is not empty. */
async function selectFirst(page, label) {
  const field = page.locator("main").getByLabel(label, { exact: true }).first();
  const value = await field.evaluate((element) => [...element.options].find((option) => option.value)?.value);
  await field.selectOption(value);
}

/** A gift reaches a person once: a second time, and a form sent again, are refused with the first receipt. */
async function giveOnce(people, person) {
  const hands = await at(people, "assistance_officer");
  await hands.open("/help?lang=en");
  await hands.fill("Name", "School things");
  await hands.fill("Day", "18");
  await hands.fill("Month", "12");
  await hands.fill("Year", "2026");
  await hands.fill("Code", "school_things");
  await hands.press("Open a distribution");
  await hands.unfold("Add to the list");
  await hands.fill("Person numbers", person);
  await hands.press("Add");
  const page = hands.page;
  const again = await page.context().newPage();
  await again.goto(page.url());
  await hands.press(/^Give the gift/);
  same("after the gift", await page.getByText("The gift was given.").count(), 1);
  // The same list was open in another window.
  await Promise.all([again.waitForEvent("load"), again.getByRole("button", { name: /^Give the gift/ }).first().click()]);
  same("gift of the other window", await again.getByText(/This gift was given already/).count() > 0, true);
  await page.context().close();
}

/** The codes of the demo's cards. */
function codes(people) {
  const folder = path.join(people.site.folder, "data", "cards");
  return fs.readdirSync(folder).filter((name) => name.endsWith(".png")).sort().map((name) => path.join(folder, name));
}

async function answer(page) {
  return (await page.locator("h1.turna-answer__word").innerText()).trim();
}

/** A page that only an act leads to keeps the rules in every language and both widths. */
async function inEveryLanguage(page, open) {
  for (const language of LANGUAGES) {
    await open(language);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: PHONE.height });
      await isWhole(page, language);
      await doesNotScrollSideways(page);
      if (["ar", "fa"].includes(language)) await isMirrored(page);
      await hasNoAxeViolation(page);
    }
  }
}

/** The browser keeps the choice of language and nothing else. */
async function keptNothing(context) {
  const { cookies, origins } = await context.storageState();
  none("the browser kept", [...cookies.filter(({ name }) => !/lang/.test(name)), ...origins].map((each) => JSON.stringify(each)));
}

/** Checks a card by picture and by text; with and without JavaScript it is the same answer, and nothing is kept. */
async function verify(people, javaScriptEnabled) {
  const context = await people.stranger({ javaScriptEnabled, viewport: PHONE, colorScheme: "dark" });
  const page = await context.newPage();
  const words = new Set();
  for (const picture of codes(people)) {
    await page.goto("/verify?lang=en");
    await page.locator("input[type=file]").setInputFiles(picture);
    await Promise.all([page.waitForEvent("load"), page.locator("main button[type=submit]").click()]);
    const byPicture = await answer(page);
    words.add(byPicture);
    await page.goto("/verify?lang=en");
    await page.locator("[name=text]").fill(fs.readFileSync(picture.replace(/png$/, "txt"), "utf8").trim());
    await Promise.all([page.waitForEvent("load"), page.locator("main button[type=submit]").click()]);
    same(`word by text for ${path.basename(picture)}`, await answer(page), byPicture);
  }
  if (!words.has("VALID") || words.size < 2) throw new Error(`the demo's cards are all ${[...words]}`);
  await page.getByRole("link", { name: "دری" }).or(page.getByRole("button", { name: "دری" })).first().click();
  await page.waitForLoadState("load");
  await isMirrored(page);
  await doesNotScrollSideways(page);
  // axe is JavaScript itself.
  if (javaScriptEnabled) await hasNoAxeViolation(page);
  await keptNothing(context);
  await context.close();
}

/** The full-screen answer, good and bad, in every language. */
async function answerInEveryLanguage(people) {
  const context = await people.stranger();
  const page = await context.newPage();
  const [first] = codes(people);
  const genuine = fs.readFileSync(first.replace(/png$/, "txt"), "utf8").trim();
  for (const text of [genuine, "no code at all"]) {
    await inEveryLanguage(page, async (language) => {
      await page.goto(`/verify?lang=${language}`);
      await page.locator("[name=text]").fill(text);
      await Promise.all([page.waitForEvent("load"), page.locator("main button[type=submit]").click()]);
    });
  }
  await context.close();
}

/** A telephone's camera sees the code, and the page answers by itself. */
async function verifyByCamera(people) {
  const film = path.join(people.site.folder, "camera.mjpeg");
  const drawing = await people.browser.newContext({ viewport: { width: 640, height: 640 } });
  const easel = await drawing.newPage();
  const code = fs.readFileSync(codes(people)[0]).toString("base64");
  await easel.setContent(`<body style="margin:0;background:#fff"><img style="width:600px;margin:20px;image-rendering:pixelated" src="data:image/png;base64,${code}">`);
  const frame = await easel.screenshot({ type: "jpeg", quality: 95 });
  await drawing.close();
  fs.writeFileSync(film, Buffer.concat(Array.from({ length: FRAMES }, () => frame)));
  const browser = await chromium.launch({
    executablePath: people.executable,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`],
  });
  try {
    const page = await browser.newPage({ baseURL: people.site.url, viewport: PHONE });
    await page.goto("/verify?lang=en");
    await page.locator("#camera-start").click();
    await page.locator("h1.turna-answer__word").waitFor({ timeout: CAMERA_MS_MAX });
    same("face beside the answer", (await page.locator(".turna-answer__face").count()) <= 1, true);
  } finally {
    await browser.close();
  }
}

/** A person with a new key and PIN. */
export async function giveKey(people, person) {
  const hands = await at(people, "registrar");
  await hands.open(`/persons/${person}/token?lang=en`);
  await hands.press("Give a key");
  const [key, pin] = await hands.page.locator("main .turna-code").allInnerTexts();
  await hands.page.context().close();
  return { key: key.trim(), pin: pin.trim() };
}

/** Opens the own file with them. */
export async function openFile(page, { key, pin }, language) {
  await page.goto(`/file?lang=${language}`);
  await page.locator("[name=token]").fill(key);
  await page.locator("[name=pin]").fill(pin);
  await Promise.all([page.waitForEvent("load"), page.locator("main button[type=submit]").click()]);
}

/** She reads her file in Dari on a telephone, leaves quickly, and the next one at the telephone finds nothing. */
async function readOwnFile(people, person) {
  const pass = await giveKey(people, person);
  const context = await people.stranger({ viewport: PHONE, locale: "fa-AF" });
  const page = await context.newPage();
  await openFile(page, { ...pass, pin: pass.pin === "000000" ? "000001" : "000000" }, "fa");
  await hasNoAxeViolation(page);
  same("a wrong PIN opens nothing", await page.locator("form[action='/file/leave']").count(), 0);
  await openFile(page, pass, "fa");
  same("the file is open", await page.locator("form[action='/file/leave']").count(), 1);
  await hasNoAxeViolation(page);
  await isMirrored(page);
  await doesNotScrollSideways(page);
  const shown = await page.locator("main").innerText();
  await inEveryLanguage(page, (language) => page.goto(`/file?lang=${language}`));
  await Promise.all([page.waitForEvent("load"), page.locator("form[action='/file/leave'] button").click()]);
  await page.goBack().catch(() => {});
  same("what the way back shows", await page.locator("form[action='/file/leave']").count(), 0);
  await page.goto("/file?lang=fa");
  same("after leaving", await page.locator("form[action='/file/leave']").count(), 0);
  await keptNothing(context);
  // The key is made useless by herself.
  await openFile(page, pass, "en");
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Make it useless" }).click()]);
  await openFile(page, pass, "en");
  same("a key made useless opens nothing", await page.locator("form[action='/file/leave']").count(), 0);
  await context.close();
  if (shown.length < 200) throw new Error(`the file says only: ${shown}`);
}

/** Pages that go wrong say what happened, what was saved and what to do, with a reference, and keep what was typed. */
async function goWrong(people) {
  const context = await people.officer("registrar");
  const page = await context.newPage();
  for (const address of ["/persons/AAAAAAAAAA", "/no-such-page", "/claims/2026-999999"]) {
    const response = await page.goto(`${address}?lang=en`);
    same(`status of ${address}`, response.status(), 404);
    await hasNoAxeViolation(page);
    const text = await page.locator("main").innerText();
    const id = response.headers()["x-request-id"];
    if (!text.includes(id)) throw new Error(`${address} does not show its reference ${id}: ${text}`);
  }
  // The session ended in another window while a form was being filled in.
  await page.goto("/register?lang=en");
  await page.getByLabel("Asylum", { exact: true }).check();
  await context.clearCookies();
  const [response] = await Promise.all([page.waitForResponse((each) => each.request().method() === "POST"), page.getByRole("button", { name: "Begin" }).click()]);
  await page.waitForLoadState("load");
  if (response.status() >= 500) throw new Error(`a form after the session's end answers ${response.status()}`);
  await hasNoAxeViolation(page);
  await context.close();
}

/** Plays them one after another; what an earlier one makes a later one uses. */
export async function run(report, people) {
  let displaced;
  await report.check("a displaced family is registered", async () => {
    displaced = await registerDisplaced(people);
  });
  await report.check("a gift is given once, from two windows", () => giveOnce(people, displaced));
  await report.check("a card is checked by picture and by text", () => verify(people, true));
  await report.check("a card is checked without JavaScript", () => verify(people, false));
  await report.check("the answer about a card keeps the rules in every language", () => answerInEveryLanguage(people));
  await report.check("a card is checked by the camera", () => verifyByCamera(people));
  await report.check("a person reads her own file, leaves nothing behind, and ends her key", () => readOwnFile(people, displaced));
  await report.check("a page that goes wrong says so", () => goWrong(people));
}

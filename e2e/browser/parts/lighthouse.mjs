// SPDX-License-Identifier: Apache-2.0
// What Lighthouse says about the pages that people outside see on a phone.

import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import lighthouse from "lighthouse";

import { same } from "../report.mjs";
import { giveKey, openFile } from "./outside.mjs";
import { persons } from "./walls.mjs";

/** How long the browser may take to say its port, in milliseconds. */
const START_MS_MAX = 30_000;

/** Runs work with a browser of its own, of which Lighthouse has the port. */
async function withBrowser(executable, work) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "turna-lighthouse-"));
  const child = spawn(
    executable,
    ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  try {
    const port = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the browser does not start")), START_MS_MAX);
      let text = "";
      child.stderr.on("data", (data) => {
        text += data;
        const found = /ws:\/\/[^:]+:(\d+)\//.exec(text);
        if (found) {
          clearTimeout(timer);
          resolve(Number(found[1]));
        }
      });
    });
    return await work(port);
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

/**
 * Scores of pages, from 0 to 1, as a phone.
 * @param {string[]} categories such as `accessibility`, `performance`
 */
export async function scores(people, addresses, categories) {
  return withBrowser(people.executable, async (port) => {
    const all = [];
    for (const { name, address, headers } of addresses) {
      const result = await lighthouse(address, { port, onlyCategories: categories, logLevel: "error", output: "json", extraHeaders: headers });
      const report = result.lhr;
      const score = Object.fromEntries(categories.map((category) => [category, report.categories[category].score]));
      const failed = Object.values(report.audits).filter((audit) => audit.scoreDisplayMode === "binary" && audit.score === 0);
      all.push({ name, ...score, failed: failed.map((audit) => audit.id), paint: report.audits["first-contentful-paint"]?.displayValue });
    }
    return all;
  });
}

/** What a person's window sends so that her file is open. */
async function cookieOfOpenFile(people) {
  const context = await people.stranger();
  const page = await context.newPage();
  await openFile(page, await giveKey(people, persons(people.site)[0]), "fa");
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** The pages that people outside see, with the cookies that my file needs. */
export async function addresses(people) {
  const { url } = people.site;
  return [
    { name: "my file, opened", address: `${url}/file?lang=fa`, headers: { Cookie: await cookieOfOpenFile(people) } },
    { name: "home", address: `${url}/?lang=az` },
    { name: "check of a card", address: `${url}/verify?lang=az` },
    { name: "my file", address: `${url}/file?lang=fa` },
  ];
}

/** Lighthouse finds nothing against the accessibility of these pages. How quick they are is measured, not tested. */
export async function run(report, people) {
  const all = await scores(people, await addresses(people), ["accessibility"]);
  for (const { name, accessibility, failed } of all) {
    await report.check(`Lighthouse finds ${name} accessible`, async () => same(`score (${failed.join(" ")})`, accessibility, 1));
  }
}

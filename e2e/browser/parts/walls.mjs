// SPDX-License-Identifier: Apache-2.0
// Who may not know of somebody cannot tell her from nobody: the answers are the same, byte for byte but for the number that was
// asked and the request's own identifier.

import { none } from "../report.mjs";
import { ROLES } from "../people.mjs";

/** Characters of a number's check (ISO 7064 MOD 37,36). */
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** What is asked about a person. */
const QUESTIONS = [
  (number) => `/persons/${number}`,
  (number) => `/persons/${number}/family`,
  (number) => `/persons/${number}/receipt`,
  (number) => `/cards/of/${number}`,
  (number) => `/cards/prepare?person=${number}`,
  (number) => `/search?q=${number}`,
];

/** A number that nobody has: the payload of a real one turned round, with its own check character. */
function nobody(number) {
  const payload = [...number.slice(0, -1)].reverse();
  let product = 36;
  for (const character of payload) {
    const sum = (product + ALPHABET.indexOf(character)) % 36;
    product = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return payload.join("") + ALPHABET[(37 - product) % 36];
}

/** The numbers of the persons that the story registered, as it tells them. */
export function persons(site) {
  const told = site.steps.flatMap(({ result }) => /persons: (.*)/.exec(result)?.[1].match(/\b[0-9A-Z]{9,11}\b/g) ?? []);
  return [...new Set(told)];
}

/** Asks both and compares. */
export async function run(report, people) {
  const numbers = persons(people.site);
  let kept = 0;
  for (const role of ROLES) {
    const context = await people.officer(role);
    await report.check(`${role} cannot tell who is kept from nobody`, async () => {
      const told = [];
      for (const number of numbers) {
        for (const question of QUESTIONS) {
          const ask = async (asked) => {
            const response = await context.request.get(people.site.url + question(asked), { headers: { accept: "text/html" }, maxRedirects: 0 });
            const id = response.headers()["x-request-id"];
            const body = (await response.text()).replaceAll(asked, "NUMBER").replaceAll(id, "ID");
            return { status: response.status(), body };
          };
          const [somebody, absent] = [await ask(number), await ask(nobody(number))];
          // An officer who may see her is shown her, and nothing is compared.
          const isShown = somebody.status !== absent.status || somebody.body !== absent.body;
          const isRefused = somebody.status === 404;
          if (isRefused && isShown) told.push(`${question(number)}: ${somebody.status} and ${absent.status}`);
          if (isRefused || !isShown) kept += 1;
        }
      }
      none("the answers differ", told);
    });
    await context.close();
  }
  await report.check("there was somebody to keep from somebody", async () => {
    if (numbers.length === 0 || kept === 0) throw new Error(`${numbers.length} persons, ${kept} answers kept`);
  });
}

// SPDX-License-Identifier: Apache-2.0
// The people who use the pages: each role signed in, and the public, each with a browser window of its own.

/** The languages of the pages that everybody sees, and of those that only staff sees. */
export const LANGUAGES = ["az", "en", "ru", "ar", "fa"];
export const STAFF_LANGUAGES = ["az", "en", "ru"];
/** A phone of the field and a screen at the counter, in CSS pixels. */
export const WIDTHS = [360, 1200];
/** The roles of the demo's accounts. */
export const ROLES = [
  "registrar",
  "case_officer",
  "decision_maker",
  "card_officer",
  "head_of_office",
  "assistance_officer",
  "police_officer",
  "auditor",
  "administrator",
];

/** Windows of signed-in people and of the public. */
export class People {
  #signedIn = new Map();

  constructor(browser, site, executable) {
    this.browser = browser;
    this.site = site;
    this.executable = executable;
  }

  /** A window without cookies. */
  async stranger(options = {}) {
    return this.browser.newContext({ baseURL: this.site.url, locale: "en-GB", viewport: { width: 1200, height: 900 }, ...options });
  }

  /** A window of somebody signed in by the form; the session is signed in once and used again. */
  async officer(role, { nth = 0, ...options } = {}) {
    const account = this.site.account(role, nth);
    if (!this.#signedIn.has(account.name)) {
      const context = await this.stranger();
      const page = await context.newPage();
      await signIn(page, account);
      this.#signedIn.set(account.name, await context.storageState());
      await context.close();
    }
    return this.stranger({ storageState: this.#signedIn.get(account.name), ...options });
  }
}

/** Signs in by the form. */
export async function signIn(page, { name, password }) {
  await page.goto("/sign-in?lang=en");
  await page.locator("input[name=name]").fill(name);
  await page.locator("input[name=password]").fill(password);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

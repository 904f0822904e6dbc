// SPDX-License-Identifier: Apache-2.0
// The same journey by mouse, by keyboard alone, and without JavaScript: each kind of hands does what a step asks for in its
// own way. Fields, buttons and links are found by the words that a person reads.

/** How often Tab is pressed on the way to something before it counts as unreachable. */
const TAB_PRESSES_MAX = 250;
/** How often an arrow is pressed in a group of choices. */
const ARROW_PRESSES_MAX = 60;

/** A field of the page's own part by its label. */
function field(page, label) {
  const named = page.locator("main").getByLabel(label, { exact: typeof label === "string" });
  return named.and(page.locator("input, select, textarea")).first();
}

/** A choice by its label, inside a group of choices if one is named. */
function choice(page, label, group) {
  const within = group ? page.locator("main").getByRole("group", { name: group }) : page.locator("main");
  return within.getByLabel(label, { exact: typeof label === "string" }).first();
}

function button(page, name) {
  return page.locator("main").getByRole("button", { name, exact: typeof name === "string" }).first();
}

function link(page, name) {
  return page.getByRole("link", { name, exact: typeof name === "string" }).first();
}

/** Does what makes a paper, which opens in a window of its own, and returns the answer that brought it. */
async function paper(page, act) {
  const brought = page.context().waitForEvent("response", (response) => response.request().method() === "POST");
  await act();
  const response = await brought;
  for (const other of page.context().pages()) if (other !== page) await other.close();
  return response;
}

/** Uses the mouse for everything but typing. */
export class Mouse {
  pages = 0;

  /**
   * @param {import("playwright-core").Page} page
   * @param {(page: import("playwright-core").Page) => Promise<void>} onPage what is looked at on every page of the way
   */
  constructor(page, onPage = async () => {}) {
    this.page = page;
    this.onPage = onPage;
  }

  /** Opens an address, as a bookmark does. */
  async open(path) {
    await this.#arrive(() => this.page.goto(path));
  }

  async fill(label, value) {
    await field(this.page, label).fill(value);
  }

  async choose(label, group) {
    await choice(this.page, label, group).check();
  }

  async select(label, option) {
    await field(this.page, label).selectOption({ label: option });
  }

  async upload(label, file) {
    await field(this.page, label).setInputFiles(file);
  }

  /** Presses a button that leads to another page. */
  async press(name) {
    await this.#arrive(() => button(this.page, name).click());
  }

  /** Follows a link. */
  async follow(name) {
    await this.#arrive(() => link(this.page, name).click());
  }

  /** Presses a button that makes a paper. */
  async pressForPaper(name) {
    return paper(this.page, () => button(this.page, name).click());
  }

  /** Opens what is folded. */
  async unfold(text) {
    await this.page.locator("summary").filter({ hasText: text }).first().click();
  }

  async #arrive(act) {
    await Promise.all([this.page.waitForEvent("load"), act()]);
    this.pages += 1;
    await this.onPage(this.page);
  }
}

/** Uses the keyboard alone, and counts. */
export class Keyboard {
  pages = 0;
  keystrokes = 0;

  constructor(page, onPage = async () => {}) {
    this.page = page;
    this.onPage = onPage;
  }

  async open(path) {
    await this.page.goto(path);
    this.pages += 1;
    await this.onPage(this.page);
  }

  async fill(label, value) {
    const target = field(this.page, label);
    await this.#reach(target);
    if (await target.evaluate((element) => element.value !== "")) await this.#key("Control+A");
    await this.#type(value);
  }

  async choose(label, group) {
    const target = choice(this.page, label, group);
    const isRadio = await target.evaluate((element) => element.type === "radio");
    if (!isRadio) {
      await this.#reach(target);
      if (!(await target.isChecked())) await this.#key("Space");
      return;
    }
    // Tab enters a group of choices once; arrows go on inside it.
    await this.#reach(target, "radio");
    if (await target.evaluate((element) => element === document.activeElement)) {
      if (!(await target.isChecked())) await this.#key("Space");
      return;
    }
    for (let press = 0; !(await target.isChecked()); press += 1) {
      if (press > ARROW_PRESSES_MAX) throw new Error(`the arrows do not reach ${label}`);
      await this.#key("ArrowDown");
    }
  }

  async select(label, option) {
    const target = field(this.page, label);
    await this.#reach(target);
    // A list jumps to what is typed.
    await this.#type(option);
    const chosen = await target.evaluate((element) => element.selectedOptions[0]?.textContent.trim());
    if (chosen !== option) throw new Error(`typing ${option} chose ${chosen}`);
  }

  async upload(label, file) {
    const target = field(this.page, label);
    await this.#reach(target);
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), this.#key("Space")]);
    await chooser.setFiles(file);
  }

  async press(name) {
    await this.#toSend(button(this.page, name));
    await this.#arrive();
  }

  async pressForPaper(name) {
    await this.#reach(button(this.page, name));
    return paper(this.page, () => this.#key("Enter"));
  }

  async unfold(text) {
    await this.#reach(this.page.locator("summary").filter({ hasText: text }).first());
    await this.#key("Enter");
  }

  async #toSend(target) {
    // Enter in a field sends its form, if this button is the one that sends it.
    const sends = await target.evaluate((element) => {
      const typing = document.activeElement;
      const isField = typing instanceof HTMLInputElement && !["checkbox", "radio", "file"].includes(typing.type);
      const first = typing?.form && [...typing.form.elements].find((each) => each.type === "submit");
      return isField && first === element;
    });
    if (!sends) await this.#reach(target);
  }

  async follow(name) {
    await this.#reach(link(this.page, name));
    await this.#arrive();
  }

  async #arrive() {
    await Promise.all([this.page.waitForEvent("load"), this.#key("Enter")]);
    this.pages += 1;
    await this.onPage(this.page);
  }

  async #key(key) {
    this.keystrokes += 1;
    await this.page.keyboard.press(key);
  }

  async #type(text) {
    this.keystrokes += [...text].length;
    await this.page.keyboard.type(text);
  }

  /** Presses Tab until the target, or one of its group of choices, has the focus. */
  async #reach(target, kind = "element") {
    await target.waitFor();
    for (let press = 0; press <= TAB_PRESSES_MAX; press += 1) {
      const isThere = await target.evaluate((element, kind) => {
        const active = document.activeElement;
        return active === element || (kind === "radio" && active?.type === "radio" && active.name === element.name);
      }, kind);
      if (isThere) return;
      await this.#key("Tab");
    }
    throw new Error(`Tab does not reach ${target}`);
  }
}

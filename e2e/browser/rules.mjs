// SPDX-License-Identifier: Apache-2.0
// What holds on every page, whatever it shows.

import AxeBuilder from "@axe-core/playwright";

import { none, same } from "./report.mjs";

/** The rules of axe that count: WCAG 2.2 A and AA, and what its authors call best practice. */
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** How often Tab is pressed before a page counts as a trap. */
const TAB_STOPS_MAX = 400;
/** Half of a pixel is lost when a browser rounds. */
const ROUNDING_PX = 1;

/** No violation of axe's rules. */
export async function hasNoAxeViolation(page) {
  // Our pages have no frames, so axe needs no page of its own to put results together.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] }).withTags(AXE_TAGS);
  const { violations } = await axe.analyze();
  const describe = ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`).join("; ")}`;
  none("axe finds", violations.map(describe));
}

/** One heading of the first rank, a language, a direction, a title, and no text key instead of a text. */
export async function isWhole(page, language) {
  const facts = await page.evaluate(() => ({
    headings: document.querySelectorAll("h1").length,
    language: document.documentElement.lang,
    direction: document.documentElement.dir,
    title: document.title,
    text: document.body.innerText,
    inline: document.querySelectorAll("[style], style, script:not([src]), [onclick], [onsubmit]").length,
  }));
  same("number of h1", facts.headings, 1);
  same("language", facts.language, language === "fa" ? "fa-AF" : language);
  same("direction", facts.direction, ["ar", "fa"].includes(language) ? "rtl" : "ltr");
  same("inline style and script", facts.inline, 0);
  if (!facts.title.trim()) throw new Error("the page has no title");
  const keys = facts.text.match(/\b[a-z]+(-[a-z]+){2,}\b/g)?.filter((word) => /^(account|form|refusal|site|registry|claim|card|work|office|oversight|file|home|news|verify|law|terms|editor|receipt|help)-/.test(word));
  none("keys are shown instead of texts", [...new Set(keys ?? [])]);
}

/** Nothing is wider than the window. */
export async function doesNotScrollSideways(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room + 1) return [];
    const inScroller = (element) => {
      for (let each = element.parentElement; each; each = each.parentElement) {
        if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(each).overflowX) && each !== document.body && each !== document.documentElement) return true;
      }
      return false;
    };
    const culprits = [...document.body.querySelectorAll("*")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > room + 1 || left < -1) && !inScroller(element);
    });
    const named = culprits.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className} ${Math.round(element.getBoundingClientRect().width)} px: ${element.textContent.trim().slice(0, 40)}`);
    return [`${document.documentElement.scrollWidth} px in a window of ${room} px`, ...named];
  });
  none("the page scrolls sideways", wide);
}

/** In writing from right to left everything stands mirrored. axe does not see this. */
export async function isMirrored(page) {
  const findings = await page.evaluate(() => {
    const findings = [];
    const box = (element) => element.getBoundingClientRect();
    const home = document.querySelector(".turna-header__home");
    if (home && Math.abs(box(home).right - box(home.parentElement).right) > 40) findings.push("the mark is not at the right");
    for (const warning of document.querySelectorAll(".govuk-warning-text")) {
      const icon = warning.querySelector(".govuk-warning-text__icon");
      const text = warning.querySelector(".govuk-warning-text__text");
      const range = document.createRange();
      range.selectNodeContents(text);
      if (box(icon).left < range.getBoundingClientRect().right - 1) findings.push("a warning sign is not to the right of its text");
    }
    for (const group of document.querySelectorAll(".govuk-form-group--error, .govuk-inset-text")) {
      const style = getComputedStyle(group);
      if (parseFloat(style.borderRightWidth) < 4 || parseFloat(style.borderLeftWidth) > 0) findings.push(`the bar of ${group.className} is not at the right`);
    }
    for (const label of document.querySelectorAll(".govuk-radios__label, .govuk-checkboxes__label")) {
      const input = label.parentElement.querySelector("input");
      if (input && box(input).left < box(label).left) findings.push("a choice is not to the right of its label");
    }
    for (const key of document.querySelectorAll(".govuk-summary-list__row > .govuk-summary-list__key")) {
      const value = key.nextElementSibling;
      if (box(key).top === box(value).top && box(key).left < box(value).left) findings.push("a summary's key is not to the right of its value");
    }
    for (const element of document.querySelectorAll("h1, p, li, td, th, label, legend")) {
      const isNumber = /--numeric/.test(element.className);
      if (!isNumber && !element.closest("[dir=ltr]") && getComputedStyle(element).textAlign === "left") findings.push(`${element.tagName} is aligned to the left: ${element.textContent.slice(0, 30)}`);
    }
    return [...new Set(findings)];
  });
  none("the page is not mirrored", findings);
}

/** With letters twice as large nothing is lost: no sideways scroll, no text cut off. */
export async function bearsLargeText(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    const now = parseFloat(getComputedStyle(document.documentElement).fontSize);
    sheet.replaceSync(`html { font-size: ${now * 2}px !important }`);
    document.adoptedStyleSheets = [sheet];
  });
  try {
    await doesNotScrollSideways(page);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("main *, header *, footer *, nav *")]
        .filter((element) => {
          const style = getComputedStyle(element);
          const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
          // The line of a timeline is longer than the timeline by design.
          const isForEyes = !element.classList.contains("moj-timeline") && element.clientWidth > 2 && element.clientHeight > 2 && !/visually-hidden/.test(element.className);
          return hides && isForEyes && element.textContent.trim() && (element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2);
        })
        .map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
    );
    none("text is cut off", [...new Set(cut)]);
  } finally {
    await page.evaluate(() => (document.adoptedStyleSheets = []));
  }
}

/** Tab reaches everything that can be used, in the order of reading, each time visibly and uncovered, and leaves the page. */
export async function leadsTheTabKey(page) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    // Where Tab begins.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const findings = [];
  const reached = [];
  for (let stop = 0; ; stop += 1) {
    if (stop > TAB_STOPS_MAX) {
      findings.push("Tab does not leave the page");
      break;
    }
    await page.keyboard.press("Tab");
    const at = await page.evaluate((rounding) => {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return null;
      window.turnaTabStops ??= [];
      const all = window.turnaTabStops;
      // A field for a date has parts of its own, and Tab goes through them.
      if (all.at(-1) === element) return { inside: true };
      if (all.includes(element)) return { again: true };
      const before = all.at(-1);
      all.push(element);
      const name = `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""} ${(element.textContent || element.value || "").trim().slice(0, 30)}`;
      const isAfter = !before || Boolean(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) || element.type === "radio";
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      const target = element.type === "radio" || element.type === "checkbox" ? element.parentElement : element;
      const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
      const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
      const isInView = width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
      const rects = [...element.getClientRects()];
      const hits = [[x, y], ...rects.map((rect) => [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2])];
      const isSeen = isInView && hits.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (target.contains(hit) || hit.contains(target) || element.labels?.[0]?.contains(hit));
      });
      // What shows the focus: an outline, a shadow or another ground, of the element or of the label that stands for it.
      const looks = (each, pseudo) => {
        const style = getComputedStyle(each, pseudo);
        return [style.outlineStyle === "none" ? "" : `${style.outlineColor} ${style.outlineWidth}`, style.boxShadow, style.backgroundColor, style.borderColor].join("|");
      };
      const label = element.labels?.[0];
      const parts = () => [looks(element), looks(element, "::before"), label ? looks(label, "::before") : ""].join("//");
      const focused = parts();
      element.blur();
      const plain = parts();
      element.focus({ preventScroll: true });
      return { name, isAfter, isSeen, isShown: focused !== plain, rounding };
    }, ROUNDING_PX);
    if (at?.inside) continue;
    if (!at || at.again) break;
    reached.push(at.name);
    if (!at.isAfter) findings.push(`${at.name} comes before what stands above it`);
    if (!at.isSeen) findings.push(`${at.name} has the focus and cannot be seen`);
    if (!at.isShown) findings.push(`${at.name} does not show that it has the focus`);
  }
  const missed = await page.evaluate(() => {
    const reached = window.turnaTabStops ?? [];
    delete window.turnaTabStops;
    const usable = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
    const groups = new Set(reached.filter((element) => element.type === "radio").map((element) => element.name));
    return usable
      .filter((element) => !element.disabled && element.checkVisibility() && !element.closest("dialog:not([open])") && !element.closest("[inert]"))
      .filter((element) => element.tabIndex >= 0 && !reached.includes(element) && !(element.type === "radio" && groups.has(element.name)))
      .map((element) => `${element.tagName.toLowerCase()}#${element.id} ${element.textContent.trim().slice(0, 30)} is not reached`);
  });
  none("the keyboard", [...findings, ...missed]);
  return reached.length;
}

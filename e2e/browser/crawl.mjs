// SPDX-License-Identifier: Apache-2.0
// Finds the page types by following every link that each role sees, so that a new page is looked at without being named here.

import { none } from "./report.mjs";

/** How many pages of one type are followed; a second one may show what the first does not have. */
const PAGES_PER_TYPE = 2;
/** How many children of one page are followed, such as the laws of the list of laws: they are of one type. */
const CHILDREN_MAX = 5;
/** How many pages one role may have before the walk counts as endless. */
const PAGES_MAX = 600;
/** Links that are acts or files, not pages. */
const NOT_PAGES = [/^\/static\//, /^\/log\//, /^\/status\//, /^\/trust\.json/, /^\/api\//, /\.(csv|pdf|json|txt|ics|png|jpg|webp|svg|xml)$/, /^\/health/, /^\/ready/];

/** `/person/7K2M9/history` is of the type `/person/{}/history`. */
export function typeOf(address) {
  const { pathname } = new URL(address);
  return pathname
    .split("/")
    .map((part) => (/\d|^[A-Z]{2,}/.test(part) ? "{}" : part))
    .join("/");
}

/**
 * Walks over the pages that a visitor can reach from some addresses.
 * @param {import("playwright-core").BrowserContext} context with the visitor's cookies
 * @param {string[]} from addresses to begin at
 * @returns pages by type, and links that lead nowhere
 */
export async function crawl(context, from) {
  const origin = new URL(from[0]).origin;
  const types = new Map();
  const broken = [];
  const files = new Map();
  const seen = new Set(from);
  const counts = new Map();
  const queue = from.map((address) => ({ address, referrer: "the beginning" }));
  for (let visited = 0; queue.length > 0; visited += 1) {
    if (visited > PAGES_MAX) throw new Error("the walk over the pages does not end");
    const { address, referrer } = queue.shift();
    const response = await context.request.get(address, { headers: { accept: "text/html" }, maxRedirects: 5 });
    const type = typeOf(address);
    if (!response.ok()) {
      broken.push(`${address.slice(origin.length)} answers ${response.status()} (linked by ${referrer})`);
      continue;
    }
    if (!response.headers()["content-type"]?.startsWith("text/html")) {
      files.set(type, address);
      continue;
    }
    const found = typeOf(response.url());
    if (!types.has(found)) types.set(found, response.url());
    const html = await response.text();
    for (const [, raw] of html.matchAll(/\shref="([^"]+)"/g)) {
      const link = new URL(raw.replaceAll("&amp;", "&").replaceAll("&#38;", "&"), response.url());
      link.hash = "";
      link.searchParams.delete("lang");
      if (link.origin !== origin || link.href === `${origin}/sign-out` || seen.has(link.href)) continue;
      seen.add(link.href);
      if (NOT_PAGES.some((pattern) => pattern.test(link.pathname))) {
        files.set(typeOf(link.href), link.href);
        continue;
      }
      const kind = typeOf(link.href) + [...link.searchParams.keys()].sort().join("&");
      const parent = kind.slice(0, kind.lastIndexOf("/"));
      const children = counts.get(`in ${parent}`) ?? 0;
      const count = (counts.get(kind) ?? 0) + 1;
      if (count === 1) counts.set(`in ${parent}`, children + 1);
      counts.set(kind, count);
      const isOneMore = parent !== "" && count === 1 && children >= CHILDREN_MAX;
      if (count <= PAGES_PER_TYPE && !isOneMore) queue.push({ address: link.href, referrer: found });
    }
  }
  return { types, broken, files };
}

/** Throws if a link leads nowhere. */
export function everyLinkLeadsSomewhere(broken) {
  none("links lead nowhere", broken);
}

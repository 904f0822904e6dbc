// SPDX-License-Identifier: Apache-2.0
// Makes the two stylesheets of the components, left-to-right and right-to-left, from `styles.scss`:
//
//   node styles.mjs FOLDER
//
// The components come with colours and a font of their own. Here every colour becomes a custom property and every font the
// property `--turna-font`; `crates/web/static/turna.css` says what they are, by day and by night. A colour or a picture that
// this file does not know ends it with an error, so that a new version of the components cannot slip one in.

import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";

/** What a colour of the components is for, by the kind of declaration it stands in. */
const COLOURS = {
  surface: {
    "#ffffff": "--turna-raised",
    "#f3f3f3": "--turna-soft",
    "#f4f8fb": "--govuk-surface-background-colour",
    "#cecece": "--turna-soft-hover",
    "#0b0c0c": "--turna-black",
    "#1d70b8": "--turna-brand-surface",
    "#0f7a52": "--turna-button",
    "#0b5c3e": "--turna-button-hover",
    "#ca3535": "--turna-danger",
    "#982828": "--turna-danger-hover",
    "#d2e2f1": "--turna-blue-surface",
    "#cfe4dc": "--turna-green-surface",
    "#d0e6e7": "--turna-teal-surface",
    "#ddd6ec": "--turna-purple-surface",
    "#f4d7e5": "--turna-pink-surface",
    "#f4d7d7": "--turna-red-surface",
    "#fde4d7": "--turna-orange-surface",
    "#ffee80": "--turna-yellow-surface",
    "rgba(0,0,0,0.2)": "--turna-shade",
    "var(--govuk-brand-colour)": "--turna-brand-surface",
    "var(--govuk-link-colour)": "--turna-brand-surface",
    "var(--govuk-success-colour)": "--turna-good-surface",
  },
  ink: {
    "#ffffff": "--govuk-inverse-text-colour",
    "#0b0c0c": "--govuk-text-colour",
    "#484949": "--govuk-secondary-text-colour",
    "#1d70b8": "--govuk-brand-colour",
    "#0f7a52": "--govuk-success-colour",
    "#ca3535": "--govuk-error-colour",
    "#54319f": "--turna-purple",
    "#98285d": "--turna-pink",
    "#0f385c": "--turna-blue",
    "#083d29": "--turna-green",
    "#0b4144": "--turna-teal",
    "#2a1950": "--turna-purple",
    "#651b3e": "--turna-pink",
    "#651b1b": "--turna-red",
    "#7a3c1c": "--turna-orange",
  },
  line: {
    "#0b0c0c": "--govuk-text-colour",
    "#484949": "--govuk-secondary-text-colour",
    "#858686": "--turna-soft-shadow",
    "#cecece": "--govuk-border-colour",
    "#f3f3f3": "--turna-soft",
    "#1d70b8": "--govuk-brand-colour",
    "#0f7a52": "--govuk-success-colour",
    "#ca3535": "--govuk-error-colour",
    "#54319f": "--turna-purple",
    "#98285d": "--turna-pink",
    "#f47738": "--turna-orange",
    "#ffdd00": "--govuk-focus-colour",
  },
  shadow: {
    "#083d29": "--turna-button-shadow",
    "#0f385c": "--turna-button-shadow",
    "#651b1b": "--turna-danger-shadow",
    "#858686": "--turna-soft-shadow",
    "#0b0c0c": "--govuk-focus-text-colour",
    "#cecece": "--govuk-border-colour",
    "#f3f3f3": "--turna-soft",
  },
};

/** The kind of each property that holds a colour. */
function kindOf(property) {
  if (/^background|^--_govuk-notification-banner-colour$/.test(property)) return "surface";
  if (/^border|^outline/.test(property)) return "line";
  if (property === "box-shadow") return "shadow";
  return "ink";
}

const LITERAL = /#[0-9a-f]{3,8}\b|rgba?\([^)]*\)/gi;
const FUNCTIONAL = /var\((--[a-z-]+)\)/g;

/** `#fd0` as `#ffdd00`; `rgba(…)` without spaces. */
function normal(colour) {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  return (short ? `#${short.slice(1).map((digit) => digit + digit).join("")}` : colour).toLowerCase().replaceAll(" ", "");
}

function recoloured(declaration) {
  const kind = kindOf(declaration.prop);
  const known = COLOURS[kind];
  // What has the focus stands on yellow by day and by night.
  const onFocus = kind === "ink" && /:focus/.test(declaration.parent.selector) ? { "#0b0c0c": "--govuk-focus-text-colour" } : {};
  return declaration.value
    .replace(/var\((--[a-z-]+),\s*#[0-9a-f]{3,8}\)/gi, "var($1)")
    .replace(FUNCTIONAL, (whole) => (known[whole] ? `var(${known[whole]})` : whole))
    .replace(LITERAL, (literal) => {
      const colour = normal(literal);
      if (/^rgba\((0,0,0|255,255,255),0\)$/.test(colour)) return "transparent";
      const property = onFocus[colour] ?? known[colour];
      if (!property) throw declaration.error(`styles.mjs does not know what the colour ${literal} is for`);
      return `var(${property})`;
    });
}

/** Takes colours, fonts and pictures of the components out. */
const ours = {
  postcssPlugin: "turna",
  AtRule(rule) {
    // The second is written for a browser of 2013.
    if (rule.name === "font-face" || rule.name === "charset" || rule.params.includes("\uFFFD")) rule.remove();
  },
  Declaration(declaration) {
    if (declaration.seen) return;
    declaration.seen = true;
    const { prop, value, parent } = declaration;
    if (parent.selector === ":root") {
      // The palette and the marks of versions are ours.
      declaration.remove();
    } else if (prop === "font-family" && value !== "inherit") {
      if (value.includes("GDS Transport")) declaration.value = "var(--turna-font)";
      else declaration.remove();
    } else if (/url\(/.test(value)) {
      // Pictures of parts that need a script or that we draw otherwise.
      declaration.remove();
    } else {
      declaration.value = recoloured(declaration);
    }
  },
  OnceExit(root) {
    const isEmpty = (node) => node.nodes && node.nodes.length === 0;
    for (let again = true; again; ) {
      again = false;
      root.walk((node) => {
        if ((node.type === "rule" || node.type === "atrule") && isEmpty(node)) {
          node.remove();
          again = true;
        }
      });
    }
  },
};

/** Tells rtlcss what it cannot know: a tick is not mirrored, and the triangle of `details` is. */
const mirroring = {
  postcssPlugin: "turna-mirroring",
  Declaration(declaration) {
    if (declaration.told) return;
    declaration.told = true;
    const { prop, value, parent } = declaration;
    const tell = (word) => {
      declaration.value += `/*rtl:${word}*/`;
      // A comment after the last declaration belongs to it only before a semicolon.
      parent.raws.semicolon = true;
    };
    if (/checkboxes__label::after/.test(parent.selector) && ["transform", "border-width"].includes(prop)) tell("ignore");
    if (prop.endsWith("clip-path") && value.startsWith("polygon(0% 0%, 100% 50%")) tell("polygon(100% 0%, 0% 50%, 100% 100%)");
  },
};

const here = import.meta.dirname;
const [folder] = process.argv.slice(2);
const version = (name) => JSON.parse(fs.readFileSync(path.join(here, "node_modules", name, "package.json"), "utf8")).version;
const banner =
  `/*! govuk-frontend ${version("govuk-frontend")} (c) Crown Copyright (Government Digital Service), ` +
  `@ministryofjustice/frontend ${version("@ministryofjustice/frontend")} (c) Crown Copyright (Ministry of Justice); ` +
  "MIT License; changed for Turna; see NOTICE */\n";

const { css } = sass.compile(path.join(here, "styles.scss"), {
  loadPaths: [here],
  style: "compressed",
  quietDeps: true,
  logger: sass.Logger.silent,
});
const leftToRight = postcss([ours]).process(css.replace(/^\uFEFF/, ""), { from: undefined }).css;
const rightToLeft = rtlcss.process(postcss([mirroring]).process(leftToRight, { from: undefined }).css);
for (const [name, text] of [["components-ltr.css", leftToRight], ["components-rtl.css", rightToLeft]]) {
  for (const foreign of ["GDS Transport", "@font-face", "crown", "crest", "url("]) {
    if (text.includes(foreign)) throw new Error(`${name} still holds ${foreign}`);
  }
  fs.writeFileSync(path.join(folder, name), banner + text);
}

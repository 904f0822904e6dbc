// SPDX-License-Identifier: Apache-2.0
// Forms at the counter: the first field is ready to be typed in, and letters that the keyboard lacks can be had without the
// mouse. A row of letters is one stop of the Tab key; arrows walk along it, Enter puts a letter in. In a field of Latin
// names F2 turns the last letter into its neighbour: e ə, g ğ, i ı, o ö, u ü, c ç, s ş. Every page works without it.
"use strict";

const alphabets = {
  "Latin": "ə ğ ı İ ö ü ç ş Ə Ğ Ö Ü Ç Ş",
  "عربی": "ا آ ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی ء ئ أ ؤ ة ي ى ك \u200c",
  "Кириллица": "а б в г ғ д е ё ж з и й к қ л м н о ө п р с т у ү ў ф х ҳ ц ч ҷ ш щ ъ ы ь э ю я ә ғ",
  "ქართული": "ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ",
};
const turns = ["eə", "EƏ", "gğ", "GĞ", "iı", "Iİ", "oö", "OÖ", "uü", "UÜ", "cç", "CÇ", "sş", "SŞ"];

const put = (field, text, erase) => {
  const end = field.selectionEnd ?? field.value.length;
  const start = (field.selectionStart ?? end) - erase;
  field.setRangeText(text, Math.max(0, start), end, "end");
  field.focus();
};

for (const row of document.querySelectorAll("[data-letters]")) {
  const fields = row.dataset.letters.split(" ").map((name) => document.getElementById(name)).filter(Boolean);
  const isLatin = fields.some((field) => field.dir === "ltr");
  let last = fields[0];
  for (const field of fields) field.addEventListener("focus", () => { last = field; });
  const bar = document.createElement("div");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", row.dataset.label);
  const fill = (name) => {
    bar.replaceChildren(...alphabets[name].split(" ").map((letter, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = index === 0 ? 0 : -1;
      button.textContent = letter === "\u200c" ? "‌|‌" : letter;
      button.dataset.letter = letter;
      return button;
    }));
  };
  const names = Object.keys(alphabets).slice(1);
  if (!isLatin) {
    const choice = document.createElement("select");
    choice.className = "govuk-select";
    choice.setAttribute("aria-label", row.dataset.label);
    choice.append(...names.map((name) => new Option(name, name)));
    choice.addEventListener("change", () => fill(choice.value));
    row.append(choice);
  }
  fill(isLatin ? "Latin" : names[0]);
  row.append(bar);
  row.hidden = false;
  bar.addEventListener("click", (event) => {
    const letter = event.target.dataset?.letter;
    if (letter && last) put(last, letter, 0);
  });
  bar.addEventListener("keydown", (event) => {
    const buttons = [...bar.children];
    const at = buttons.indexOf(document.activeElement);
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !buttons[to]) return;
    buttons[at].tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
    event.preventDefault();
  });
}

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "F2" || !(field instanceof HTMLInputElement) || field.dir !== "ltr") return;
  const letter = field.value[field.selectionStart - 1];
  const turn = turns.find((pair) => pair.includes(letter));
  if (letter && turn) put(field, turn[1 - turn.indexOf(letter)], 1);
  event.preventDefault();
});

if (!document.getElementById("errors")) {
  document.querySelector("[data-first] :is(input:not([type=hidden], [type=file]), select, textarea)")?.focus();
}

/* "Page 2 of 5" in a file of several papers: no style sheet can count the sheets of one of them.

   Before printing, the papers are laid out in columns as large as a page, where they break as they
   do on paper. What is counted there is said only where the printer takes exactly as many sheets in
   all; with another scale or other margins the feet say "Page 2". */
"use strict";

(() => {
  /* How large a page is in pixels: browsers round that of A4 up or down. */
  const SIZES = { a4: [[795, 1123], [793, 1122]], letter: [[816, 1056]] };

  /* How much room a browser says it has: a page without its printer's margins, which are up to
     12 mm wide. Less or more is of another scale. As many sheets alone would not tell: where a paper
     takes one less, a blank one may stand for it. */
  const ROOMS = {
    a4: "(aspect-ratio < 73/100) and (min-width: 700px) and (max-width: 800px)",
    letter: "(aspect-ratio >= 73/100) and (min-width: 721px) and (max-width: 822px)",
  };

  const { of } = document.currentScript.dataset;
  const papers = [...document.querySelectorAll(".sheet:not(.screen)")];

  /* Every rule of the file, with those that stand in others. */
  const within = (rules) => [...rules].flatMap((rule) => [rule, ...within(rule.cssRules ?? [])]);
  const all = () => [...document.styleSheets].flatMap((sheet) => within(sheet.cssRules));

  /* What the last rule for all pages says of one property. */
  const ofPages = (property) =>
    all()
      .filter((rule) => rule instanceof CSSPageRule && !rule.selectorText)
      .map((rule) => rule.style.getPropertyValue(property))
      .filter(Boolean)
      .at(-1) ?? "";

  const margin = (side) => Math.round(CSSNumericValue.parse(ofPages(`margin-${side}`)).to("px").value);

  function asPrinted(act) {
    const asked = all().filter((rule) => rule instanceof CSSMediaRule);
    const before = asked.map((rule) => rule.media.mediaText);
    for (const { media } of asked) {
      if (/\bprint\b/.test(media.mediaText)) media.mediaText = "all";
      else if (/\bscreen\b/.test(media.mediaText)) media.mediaText = "not all";
    }
    try {
      return act();
    } finally {
      asked.forEach((rule, i) => { rule.media.mediaText = before[i]; });
    }
  }

  /* How many pages of that size each paper takes. Of its width two pixels are left, as on paper. */
  function counted([across, down]) {
    const width = across - margin("left") - margin("right") - 2;
    const height = down - margin("top") - margin("bottom");
    const columns = document.createElement("style");
    columns.textContent = `
      .sheet { width: ${width}px !important; height: ${height}px; columns: ${width}px; column-gap: 0;
               column-fill: auto; container-type: normal !important; }
      .sheet > * { max-width: none !important; }
      .sheet .blank { display: none !important; }`;
    document.head.append(columns);
    const pages = papers.map((paper) => {
      const first = paper.getBoundingClientRect(), last = paper.lastElementChild.getBoundingClientRect();
      const reach = Math.max(last.right - first.left, first.right - last.left);
      return Math.ceil(reach / width - 0.01);
    });
    columns.remove();
    return pages;
  }

  /* All sheets: behind a paper of an odd number stands a blank one, unless it is the last. */
  const total = (pages) => pages.reduce((sum, n, i) => sum + n + (i < pages.length - 1 ? n % 2 : 0), 0);

  /* What the feet of each paper say, by the number of all sheets; nothing where that leaves it open. */
  function styles(counts) {
    const totals = counts.map(total);
    const first = Math.min(...totals);
    const sums = Array.from({ length: Math.max(...totals) - first + 1 }, (_, i) => first + i);
    return papers.map((paper, i) => {
      const symbols = sums.map((sum) => {
        const said = new Set(counts.filter((_, k) => totals[k] === sum).map((pages) => pages[i]));
        return JSON.stringify(said.size === 1 ? of.replace("#", [...said][0]) : "");
      });
      return `@counter-style of-${paper.id} { system: fixed ${first}; symbols: ${symbols.join(" ")}; fallback: of-none; }`;
    }).join("\n");
  }

  addEventListener("beforeprint", () => {
    const asked = ofPages("size").toLowerCase();
    const named = Object.keys(SIZES).filter((name) => asked.includes(name));
    const names = named.length ? named : Object.keys(SIZES);
    const counts = asPrinted(() => names.map((name) => SIZES[name].map(counted)));
    const said = document.createElement("style");
    const anyRoom = Object.values(ROOMS).join(", ");
    said.textContent = names
      .map((name, i) => `@media ${named.length ? anyRoom : ROOMS[name]} { ${styles(counts[i])} }`)
      .join("\n");
    document.head.append(said);
  }, { once: true });
})();

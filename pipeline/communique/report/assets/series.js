"use strict";
// The ledger: what does not have all that is asked for is taken out (hiding thousands of chains takes a browser twenty
// times as long); the words searched for are taken one by one.
(() => {
  const fields = ["words", "kind", "theme", "actor", "strength", "status", "edition"];
  const field = Object.fromEntries(fields.map((name) => [name, document.getElementById("f-" + name)]));
  const chains = [...document.querySelectorAll(".chain")].map((element) => ({
    element,
    kind: element.dataset.kind,
    theme: element.dataset.theme.split(" "),
    actor: element.dataset.actor.split(" "),
    facets: element.dataset.facets.split(" ").map((facet) => facet.split(":")),
    words: element.textContent.toLowerCase(),
  }));
  const list = document.querySelector(".chains");
  const shown = document.getElementById("shown");

  function fits(chain, asked, words) {
    if (asked.kind && chain.kind !== asked.kind) return false;
    if (asked.theme && !chain.theme.includes(asked.theme)) return false;
    if (asked.actor && !chain.actor.includes(asked.actor)) return false;
    if (!words.every((word) => chain.words.includes(word))) return false;
    return chain.facets.some(([edition, status, strength]) =>
      (!asked.edition || edition === asked.edition) &&
      (!asked.status || status === asked.status) &&
      (!asked.strength || strength === asked.strength));
  }

  function filter() {
    const asked = Object.fromEntries(fields.map((name) => [name, field[name].value]));
    const words = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = chains.filter((chain) => fits(chain, asked, words));
    list.replaceChildren(...kept.map((chain) => chain.element));
    shown.textContent = `${kept.length} of ${chains.length} shown`;
    document.getElementById("none").hidden = kept.length > 0;
  }

  function clear() {
    for (const name of fields) field[name].value = "";
    filter();
  }

  for (const name of fields) {
    for (const event of ["input", "change"]) field[name].addEventListener(event, filter);
  }
  document.getElementById("clear").addEventListener("click", clear);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    // A number or a theme leads to its chains: the ledger is asked for them.
    const asked = fields.filter((name) => name in link.dataset);
    if (asked.length) {
      for (const name of fields) field[name].value = link.dataset[name] ?? "";
      filter();
    }
    // A chain that is led to is never left out by a filter.
    const chain = chains.find(({ element }) => "#" + element.id === link.getAttribute("href"));
    if (chain && !chain.element.isConnected) clear();
  });
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
  document.getElementById("filters").hidden = false;
  shown.textContent = `${chains.length} of ${chains.length} shown`;
  // A browser may give the fields back what stood in them before the page was loaded again.
  if (fields.some((name) => field[name].value)) filter();
})();

// The time line, drawn from the table that stands below it, as wide as the window lets it be.
(() => {
  const chart = document.getElementById("chart");
  const day = (text) => new Date(text + "T00:00:00Z");
  const editions = [...document.querySelectorAll("tr.edition")].map((row) => ({ ...row.dataset, at: day(row.dataset.day) }));
  // Of very many dates the last ones are drawn; the table has them all.
  const promises = [...document.querySelectorAll("tr.promise")].slice(-60).map((row) => ({
    ...row.dataset, from: day(row.dataset.start), to: day(row.dataset.day),
  }));
  const row = 38, top = 72, crown = 54, bottom = 30, side = 16, letter = 6.9;

  function draw() {
    const width = Math.max(280, chart.clientWidth);
    const height = top + promises.length * row + bottom;
    const times = [...editions.map((e) => e.at), ...promises.flatMap((p) => [p.from, p.to])];
    const x = d3.scaleUtc().domain([Math.min(...times), Math.max(...times)]).range([side, width - side]);
    d3.select(chart).selectAll("svg").remove();
    const svg = d3.select(chart).append("svg").attr("width", width).attr("height", height)
      .attr("viewBox", `0 0 ${width} ${height}`).attr("role", "group").attr("aria-label", chart.dataset.title);
    svg.append("g").attr("class", "axis").attr("aria-hidden", "true").attr("transform", `translate(0,${height - bottom})`)
      .call(d3.axisBottom(x).ticks(Math.max(2, Math.min(10, width / 90))).tickSizeOuter(0));
    drawEditions(svg, x, height);
    drawPromises(svg, x, width);
  }

  function drawEditions(svg, x, height) {
    const marks = svg.append("g").attr("class", "editions").selectAll("g").data(labelled(x)).join("g")
      .attr("transform", (e) => `translate(${x(e.at)},0)`);
    marks.append("title").text((e) => [e.label, e.place].filter(Boolean).join(", "));
    marks.append("line").attr("y1", crown).attr("y2", height - bottom);
    marks.append("circle").attr("cy", crown).attr("r", 4.5);
    marks.append("text").attr("y", (e) => crown - 12 - 15 * e.level).attr("text-anchor", (e) => e.anchor)
      .text((e) => (e.level < 3 ? e.label : ""));
  }

  // Labels that would lie on one another go a line up, and another, and after that are left to the table.
  function labelled(x) {
    const free = [-Infinity, -Infinity, -Infinity];
    return editions.map((edition) => {
      const at = x(edition.at), wide = edition.label.length * 7.8 + 6;
      const anchor = at < 30 ? "start" : at > x.range()[1] - 20 ? "end" : "middle";
      const left = at - wide * { start: 0, middle: 0.5, end: 1 }[anchor];
      const level = [...free, -Infinity].findIndex((end) => left > end);
      if (level < free.length) free[level] = left + wide;
      return { ...edition, anchor, level };
    });
  }

  function drawPromises(svg, x, width) {
    const lines = svg.append("g").attr("class", "promises").selectAll("a").data(promises).join("a")
      .attr("href", (p) => "#chain-" + p.chain).attr("class", (p) => p.outcome)
      .attr("transform", (p, i) => `translate(0,${top + i * row})`)
      .attr("aria-label", (p) => `${p.words}, due ${p.day}`);
    lines.append("title").text((p) => `${p.words} (due ${p.day})`);
    lines.append("rect").attr("width", width).attr("height", row).attr("class", "hit");
    lines.append("line").attr("x1", (p) => x(p.from)).attr("x2", (p) => x(p.to)).attr("y1", 26).attr("y2", 26);
    lines.filter((p) => p.outcome !== "postponed").append("circle").attr("cx", (p) => x(p.to)).attr("cy", 26).attr("r", 5);
    lines.filter((p) => p.outcome === "postponed").append("rect").attr("class", "end")
      .attr("x", (p) => x(p.to) - 5).attr("y", 21).attr("width", 10).attr("height", 10);
    lines.append("text").attr("y", 15).attr("x", (p) => startOf(x, p, width))
      .text((p) => cut(p.words, (width - startOf(x, p, width)) / letter));
  }

  const cut = (words, most) => (words.length <= most ? words : words.slice(0, Math.max(1, Math.floor(most) - 1)).trimEnd() + "…");
  // The words begin where the line does, but never so far right that nothing of them could be read.
  const startOf = (x, p, width) => Math.max(side, Math.min(x(p.from), width - Math.min(p.words.length + 1, 60) * letter));

  let drawn = 0;
  new ResizeObserver(() => {
    if (chart.clientWidth !== drawn) { drawn = chart.clientWidth; draw(); }
  }).observe(chart);
})();

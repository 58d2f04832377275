
"use strict";
(() => {
  // ---- small tools -------------------------------------------------------------------------

  const $ = (id) => document.getElementById(id);

  /* Everything shown is made here, from strings that become text and never markup. */
  const el = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };
  const fill = (node, ...children) => node.replaceChildren(...children.filter((child) => child !== null && child !== ""));
  const count = (number) => number.toLocaleString("en");
  const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many || one + "s"}`;
  // Full marks are for what a reader corrected: what is nearly sure is no more than 99%.
  const share = (number) => (number < 1 ? Math.min(99, Math.round(100 * number)) : 100);
  const percent = (cell) => (cell === "" || cell === undefined ? "" : `${share(Number(cell))}%`);
  const later = (work, wait) => {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(work, wait);
    };
  };
  const say = (message) => {
    $("status").textContent = message;
  };

  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(plain).text());
  };

  /* Offsets count code points; JavaScript counts UTF-16 units. */
  const ASTRAL = /[\u{10000}-\u{10ffff}]/u;
  const slicer = (text) => {
    if (!ASTRAL.test(text)) return (start, end) => text.slice(start, end);
    const points = Array.from(text);
    return (start, end) => points.slice(start, end).join("");
  };

  const countries = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
  const country = (code) => (/^[A-Z]{2}$/.test(code) ? countries.of(code) : code);

  // ---- what the page holds -----------------------------------------------------------------

  const settings = JSON.parse($("settings").textContent);
  const CELL = Object.fromEntries(settings.cells.map((name, place) => [name, place]));
  const looks = new Map(settings.labels.map((look) => [look.label, look]));
  const look = (label) => looks.get(label) || { label, title: label, slot: "u", sign: "○" };
  const KINDS = { direct: "Direct", mixed: "Mixed", indirect: "Indirect", other: "Not speech" };
  const NUMBERS = new Set(["quote_id", "start", "end", "cue_start", "cue_end", "mention_start", "mention_end"]);
  const PAGE = 50;

  const blocks = document.querySelectorAll("script.chunk");
  const held = { articles: [], byId: new Map(), speakers: new Map(), problems: [], starts: [], digest: "" };
  const details = [];
  const chunks = new Map();

  const readIndex = async () => {
    const packed = $("index").textContent;
    const index = await unpack(packed);
    const labels = settings.labels.map((found) => found.label).filter((label) => label);
    held.starts = index.chunks;
    held.problems = index.problems.map(([article, code, start, message]) => ({ article, code, start, message }));
    index.articles.forEach((row, place) => {
      const [id, focus, characters, quotes, direct, mixed, indirect, notSpeech, attributed, problems] = row;
      const stances = Object.fromEntries(labels.map((label, i) => [label, Number(row[10 + i] || 0)]));
      const article = { place, id, focus, stances, date: row[row.length - 1], problems: Number(problems || 0) };
      Object.assign(article, { characters: Number(characters || 0), quotes: Number(quotes || 0), attributed, direct, mixed, indirect, notSpeech });
      held.articles.push(article);
      held.byId.set(id, article);
    });
    for (const [id, name, type, role, land, stance, articles, quotes, words] of index.speakers) {
      held.speakers.set(id, { id, name, type, role, country: land, stance, articles: Number(articles), quotes: Number(quotes), words: Number(words) });
    }
    let hash = 5381;
    for (const text of [packed, ...Array.from(blocks, (block) => block.textContent)]) {
      for (let i = 0; i < text.length; i += 97) hash = ((hash * 33) ^ text.charCodeAt(i)) >>> 0;
    }
    held.digest = `${hash}-${held.articles.length}`;
  };

  const readQuote = (cells, article, cut) => {
    const quote = { article, key: "" };
    for (const [name, place] of Object.entries(CELL)) {
      const cell = cells[place];
      quote[name] = NUMBERS.has(name) ? (cell === "" ? -1 : Number(cell)) : cell;
    }
    if (cut) quote.text = cut(quote.start, quote.end);
    quote.key = `${quote.start}-${quote.end}\n${article.id}`;
    return quote;
  };

  const readChunk = (number) => {
    if (!chunks.has(number)) {
      chunks.set(
        number,
        unpack(blocks[number].textContent).then((rows) =>
          rows.forEach(([text, quotes], offset) => {
            const article = held.articles[held.starts[number] + offset];
            const cut = text === null ? null : slicer(text);
            details[article.place] = { text, quotes: quotes.map((cells) => readQuote(cells, article, cut)) };
          }),
        ),
      );
    }
    return chunks.get(number);
  };

  const readArticle = async (article) => {
    let number = held.starts.length - 1;
    while (held.starts[number] > article.place) number -= 1;
    await readChunk(number);
    return details[article.place];
  };

  let whole = null;
  const readAll = () => {
    whole = whole || (async () => {
      for (let number = 0; number < blocks.length; number += 1) {
        await readChunk(number);
        if (current.view === "quotes" && number % 8 === 7) {
          $("quotes-count").textContent = `Reading the quotes, ${Math.round((100 * number) / blocks.length)}% …`;
        }
      }
      const all = [];
      for (const detail of details) for (const quote of detail.quotes) all.push(quote);
      return all;
    })();
    return whole;
  };

  // ---- corrections kept in this browser ----------------------------------------------------

  const FIELDS = ["kind", "speaker", "role", "stance"];
  const corrections = new Map();
  const storeKey = () => `quotes-corrections-${held.digest}`;

  const recall = () => {
    try {
      for (const [key, value] of JSON.parse(localStorage.getItem(storeKey()) || "[]")) corrections.set(key, value);
    } catch {
      /* No storage in this browser: corrections last as long as the page. */
    }
    showPending();
  };
  const keep = () => {
    try {
      localStorage.setItem(storeKey(), JSON.stringify([...corrections]));
    } catch {
      /* As above. */
    }
    showPending();
  };
  const showPending = () => {
    $("pending").textContent = count(corrections.size);
    $("pending").hidden = corrections.size === 0;
    $("download").disabled = $("discard").disabled = corrections.size === 0;
  };

  /* The value as corrected, or as the tables have it. */
  const now = (quote, field) => {
    const fixed = corrections.get(quote.key);
    return fixed ? fixed[field] : quote[field];
  };
  const correct = (quote, values) => {
    const changed = FIELDS.some((field) => values[field] !== quote[field]);
    if (changed) corrections.set(quote.key, Object.fromEntries(FIELDS.map((field) => [field, values[field]])));
    else corrections.delete(quote.key);
  };

  const COLUMNS = ["article_id", "start", "end", "text", "kind", "speaker", "role", "stance", "cue", "mention", "speaker_type", "country", "focus_country", "context"];
  const csvCell = (value) => {
    const text = String(value);
    /* What a spreadsheet would run as a formula gets an apostrophe, which is taken off again on reading. */
    const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  /* The paragraphs of quote, source and reporting word: what a stance model may learn from. */
  const contextOf = (quote) => {
    const { text } = details[quote.article.place];
    if (text === null) return "";
    const cut = slicer(text);
    const starts = [quote.start, quote.cue_start, quote.mention_start].filter((place) => place >= 0);
    const before = cut(0, Math.min(...starts));
    const last = Math.max(quote.end, quote.cue_end, quote.mention_end);
    const after = cut(last, last + 2000).split(/[\r\n\u0085\u2028\u2029]/, 1)[0];
    return before.slice(before.search(/[^\r\n\u0085\u2028\u2029]*$/)) + cut(Math.min(...starts), last) + after;
  };
  const csvRow = (quote) => {
    const fixed = corrections.get(quote.key);
    const cells = { ...quote, article_id: quote.article.id, focus_country: quote.article.focus, context: contextOf(quote) };
    for (const field of FIELDS) cells[field] = fixed[field] === "" && quote[field] !== "" ? "(none)" : fixed[field];
    return COLUMNS.map((name) => csvCell(cells[name] ?? "")).join(",");
  };

  const corrected = async () => {
    const ids = new Set([...corrections.keys()].map((key) => key.slice(key.indexOf("\n") + 1)));
    const found = [];
    for (const article of held.articles) {
      if (!ids.has(article.id)) continue;
      const { quotes } = await readArticle(article);
      found.push(...quotes.filter((quote) => corrections.has(quote.key)));
    }
    return found;
  };

  const download = async () => {
    const rows = [COLUMNS.join(","), ...(await corrected()).map(csvRow)];
    /* The byte-order mark makes spreadsheets read UTF-8. */
    const file = new Blob(["\ufeff", rows.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
    const address = URL.createObjectURL(file);
    const anchor = el("a", { href: address, download: "corrections.csv" });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    say(`${plural(corrections.size, "correction")} downloaded`);
  };

  // ---- pieces of the views -----------------------------------------------------------------

  const side = (label) => {
    const { title, slot, sign } = look(label);
    return el("span", { class: `side s${slot}` }, el("span", { class: "sign", "aria-hidden": "true" }, sign), title);
  };
  const address = (view, terms) => {
    const filters = new URLSearchParams(Object.entries(terms || {}).filter(([, value]) => value)).toString();
    return `#${view}${filters ? `?${filters}` : ""}`;
  };
  const zero = () => el("span", { class: "zero" }, "0");
  const bdi = (text) => el("bdi", {}, text);
  const articleName = (id) => {
    const name = id.replace(/\/+$/, "");
    return name.slice(name.lastIndexOf("/") + 1) || id;
  };

  /* A table that keeps its meaning where the style lays it out as blocks. */
  const table = (caption, heads, rows) =>
    el("div", { class: "list" },
      el("table", { role: "table" },
        el("caption", { class: "unseen" }, caption),
        el("thead", { role: "rowgroup" },
          el("tr", { role: "row" }, ...heads.map(([title, kind]) => el("th", { scope: "col", role: "columnheader", class: kind }, title || el("span", { class: "unseen" }, "Correct"))))),
        el("tbody", { role: "rowgroup" }, ...rows.map(({ cells, style }) =>
          el("tr", { role: "row", class: style }, ...cells.map((cell, place) =>
            el(place ? "td" : "th", {
              role: place ? "cell" : "rowheader", scope: place ? null : "row", class: heads[place][1],
              "data-label": heads[place][2] ?? "",
            }, ...[cell].flat())))))));

  const paged = (name, rows, draw, empty) => {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    const page = Math.min(pages, Math.max(1, Number(current.terms.get("page")) || 1));
    fill($(`${name}-list`), rows.length ? draw(rows.slice((page - 1) * PAGE, page * PAGE)) : el("p", { class: "empty" }, empty));
    const turn = (to, title) =>
      el("button", { type: "button", class: "quiet", disabled: to < 1 || to > pages, onclick: () => {
        change({ page: to > 1 ? String(to) : "" });
        $(`${name}-title`).focus();
        window.scrollTo(0, 0);
      } }, title);
    fill($(`${name}-pager`), ...(pages > 1 ? [turn(page - 1, "Earlier"), el("span", {}, `Page ${count(page)} of ${count(pages)}`), turn(page + 1, "Next")] : []));
  };

  const toggles = (fieldset, name, options) => {
    for (const [value, face, style] of options) {
      fieldset.append(el("label", { class: `toggle ${style || ""}` },
        el("input", { type: "checkbox", name, value }), el("span", { class: "face" }, face)));
    }
  };
  const stanceToggles = (fieldset) =>
    toggles(fieldset, "stance", settings.labels.map((found) => [found.label || "-", side(found.label), `s${found.slot}`]));

  // ---- addresses ---------------------------------------------------------------------------

  const VIEWS = ["overview", "quotes", "speakers", "articles", "article", "problems", "corrections"];
  const current = { view: "overview", terms: new URLSearchParams() };

  const go = async (first) => {
    const [name, filters] = location.hash.slice(1).split(/\?(.*)/s);
    if (name === "main") return $("main").focus();
    const view = VIEWS.includes(name) ? name : "overview";
    const changed = view !== current.view;
    current.view = view;
    current.terms = new URLSearchParams(filters || "");
    hideTip();
    for (const other of VIEWS) $(other).hidden = other !== view;
    for (const link of document.querySelectorAll(".top nav a")) {
      const here = link.getAttribute("href") === `#${view === "article" ? "articles" : view}`;
      if (here) {
        link.setAttribute("aria-current", "page");
        link.parentElement.scrollLeft = link.offsetLeft - 60;
      } else link.removeAttribute("aria-current");
    }
    await show(true);
    if (!first) {
      window.scrollTo({ top: 0, behavior: "instant" });
      if (changed || view === "article") $(`${view}-title`).focus({ preventScroll: true });
    }
    return undefined;
  };
  const show = async (fresh) => {
    if (fresh) fillForm(current.view);
    await { quotes: showQuotes, speakers: showSpeakers, articles: showArticles, article: showArticle, problems: showProblems, corrections: showCorrections }[current.view]?.();
  };
  /* Changes filters in place: the address tells them, so that it can be kept and shared. */
  const change = (terms) => {
    for (const [key, value] of Object.entries(terms)) {
      if (value) current.terms.set(key, value);
      else current.terms.delete(key);
    }
    const filters = current.terms.toString();
    history.replaceState(null, "", `#${current.view}${filters ? `?${filters}` : ""}`);
    show(false);
  };

  const fillForm = (view) => {
    const form = $(`${view}-form`);
    if (!form) return;
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = current.terms.get(field.name) || "";
      if (field.type === "checkbox") field.checked = value.split(",").includes(field.value);
      else field.value = value;
    }
  };
  const watchForm = (view) => {
    const form = $(`${view}-form`);
    const read = () => {
      const terms = { page: "" };
      for (const field of form.elements) {
        if (!field.name) continue;
        if (field.type !== "checkbox") terms[field.name] = field.value.trim();
        else if (field.checked) terms[field.name] = terms[field.name] ? `${terms[field.name]},${field.value}` : field.value;
        else terms[field.name] = terms[field.name] || "";
      }
      change(terms);
    };
    form.addEventListener("input", later(read, 180));
    form.addEventListener("submit", (event) => event.preventDefault());
  };

  // ---- quotes ------------------------------------------------------------------------------

  const holds = (words) => {
    const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "iu");
    return (text) => pattern.test(text);
  };

  const quoteFilter = (terms) => {
    const tests = [];
    const get = (key) => terms.get(key) || "";
    const stances = new Set(get("stance").split(",").filter(Boolean).map((value) => (value === "-" ? "" : value)));
    const kinds = new Set(get("kind").split(",").filter(Boolean));
    tests.push(kinds.size ? (quote) => kinds.has(now(quote, "kind")) : (quote) => now(quote, "kind") !== "other");
    if (stances.size) tests.push((quote) => stances.has(now(quote, "stance")));
    if (get("article")) tests.push((quote) => quote.article.id === get("article"));
    if (get("speaker")) {
      const name = held.speakers.get(get("speaker"))?.name;
      tests.push((quote) => (corrections.has(quote.key) && now(quote, "speaker") !== quote.speaker ? now(quote, "speaker") === name : quote.speaker_id === get("speaker")));
    }
    if (get("from")) tests.push((quote) => quote.article.date && quote.article.date >= get("from"));
    if (get("to")) tests.push((quote) => quote.article.date && quote.article.date <= get("to"));
    if (get("in")) {
      const test = holds(get("in"));
      tests.push((quote) => test(quote.article.id));
    }
    if (get("who")) {
      const test = holds(get("who"));
      tests.push((quote) => test(now(quote, "speaker")) || test(now(quote, "role")));
    }
    if (get("text")) {
      const test = holds(get("text"));
      tests.push((quote) => test(quote.text));
    }
    return (quote) => tests.every((test) => test(quote));
  };

  const speakerCell = (quote) => {
    const name = now(quote, "speaker");
    if (!name) return el("span", { class: "small" }, now(quote, "kind") === "other" ? "" : "speaker not known");
    const known = name === quote.speaker && held.speakers.has(quote.speaker_id);
    return [
      el("span", { class: "who" }, known ? el("a", { href: address("quotes", { speaker: quote.speaker_id }) }, bdi(name)) : bdi(name)),
      el("span", { class: "small" }, bdi(now(quote, "role"))),
    ];
  };
  const sideCell = (quote) => (now(quote, "kind") === "other" ? "" : side(now(quote, "stance")));
  const how = (quote) => {
    if (!quote.rule) return "";
    return `${quote.rule}${quote.score === "" ? "" : ` · ${percent(quote.score)}`}`;
  };
  const correctButton = (quote) =>
    el("button", { type: "button", class: "quiet", "data-key": quote.key, onclick: (event) => edit(quote, event.currentTarget),
      "aria-label": `Correct quote ${quote.quote_id} of ${quote.article.id}` }, corrections.has(quote.key) ? "Corrected" : "Correct");

  const quoteRow = (quote) => ({
    style: corrections.has(quote.key) ? "fixed" : null,
    cells: [
      [el("div", { class: `words${quote.text.length > 600 ? " long" : ""}`, lang: "id", dir: "auto" }, quote.text),
        el("span", { class: "small" }, KINDS[now(quote, "kind")] || now(quote, "kind"), how(quote) ? ` · ${how(quote)}` : "")],
      speakerCell(quote),
      sideCell(quote),
      [el("a", { class: "name", href: address("article", { id: quote.article.id, quote: quote.quote_id }) }, bdi(articleName(quote.article.id))),
        el("span", { class: "small" }, quote.article.date)],
      correctButton(quote),
    ],
  });

  const showQuotes = async () => {
    const form = current.terms.toString();
    const all = await readAll();
    if (current.view !== "quotes" || form !== current.terms.toString()) return;
    const rows = all.filter(quoteFilter(current.terms));
    const whole = current.terms.get("kind")?.includes("other") ? all.length : all.filter((quote) => now(quote, "kind") !== "other").length;
    const message = `${plural(rows.length, "quote")}${rows.length < whole ? ` of ${count(whole)}` : ""}`;
    $("quotes-count").textContent = message;
    say(message);
    $("quotes-clear").hidden = ![...current.terms.keys()].some((key) => key !== "page");
    const exact = [];
    for (const [key, title] of [["speaker", (id) => held.speakers.get(id)?.name || id], ["article", articleName]]) {
      const value = current.terms.get(key);
      if (value) exact.push(el("button", { type: "button", class: "chip", onclick: () => change({ [key]: "", page: "" }), "aria-label": `Remove the filter ${key} ${title(value)}` },
        el("span", {}, `${key}: `, bdi(title(value))), el("span", { "aria-hidden": "true" }, "×")));
    }
    fill($("quotes-exact"), ...exact);
    paged("quotes", rows, (page) => table("Quotes", [["Quote", "w-quote"], ["Speaker", "w-who"], ["Side"], ["Article", "w-in"], [""]], page.map(quoteRow)), "No quote fits these filters.");
  };

  // ---- speakers, articles, problems --------------------------------------------------------

  const showSpeakers = () => {
    const words = current.terms.get("q");
    const test = words ? holds(words) : () => true;
    const stances = new Set((current.terms.get("stance") || "").split(",").filter(Boolean).map((value) => (value === "-" ? "" : value)));
    const rows = [...held.speakers.values()]
      .filter((who) => (test(who.name) || test(who.role)) && (!stances.size || stances.has(who.stance)))
      .sort((one, other) => other.quotes - one.quotes);
    const message = plural(rows.length, "speaker");
    $("speakers-count").textContent = message;
    say(message);
    paged("speakers", rows, (page) => table("Speakers", [["Speaker", "w-quote"], ["Side"], ["Country"], ["Quotes", "n", "Quotes"], ["Words", "n", "Words"], ["Articles", "n", "Articles"]], page.map((who) => ({
      cells: [
        [el("a", { class: "who", href: address("quotes", { speaker: who.id }) }, bdi(who.name)), el("span", { class: "small" }, bdi(who.role))],
        side(who.stance), who.country ? country(who.country) : "", count(who.quotes), count(who.words), count(who.articles),
      ],
    }))), "No speaker fits these filters.");
  };

  const showArticles = () => {
    const words = current.terms.get("q");
    const order = current.terms.get("order");
    const rows = words ? held.articles.filter((article) => holds(words)(article.id)) : [...held.articles];
    if (order === "quotes") rows.sort((one, other) => other.quotes - one.quotes);
    if (order === "date") rows.sort((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0));
    const message = plural(rows.length, "article");
    $("articles-count").textContent = message;
    say(message);
    const labels = settings.labels.filter((found) => found.label);
    const heads = [["Article"], ["Focus"], ["Quotes", "n", "Quotes"], ...labels.map((found) => [side(found.label), "n", found.title]), ["Problems", "n", "Problems"]];
    paged("articles", rows, (page) => table("Articles", heads, page.map((article) => ({
      cells: [
        [el("a", { class: "name", href: address("article", { id: article.id }) }, bdi(article.id)), el("span", { class: "small" }, article.date)],
        article.focus ? country(article.focus) : "",
        article.quotes ? el("a", { href: address("quotes", { article: article.id }) }, count(article.quotes)) : zero(),
        ...labels.map(({ label }) => (article.stances[label] ? el("a", { href: address("quotes", { article: article.id, stance: label }) }, count(article.stances[label])) : zero())),
        article.problems ? el("a", { href: address("problems", { article: article.id }) }, count(article.problems)) : zero(),
      ],
    }))), "No article fits these filters.");
  };

  const showProblems = () => {
    const { code, article } = Object.fromEntries(current.terms);
    const rows = held.problems.filter((problem) => (!code || problem.code === code) && (!article || problem.article === article));
    const message = plural(rows.length, "problem");
    $("problems-count").textContent = article ? `${message} in ${article}` : message;
    say(message);
    paged("problems", rows, (page) => table("Problems", [["Article"], ["Code"], ["At", "n", "At"], ["Message"]], page.map((problem) => ({
      cells: [
        held.byId.has(problem.article) ? el("a", { class: "name", href: address("article", { id: problem.article }) }, bdi(problem.article)) : el("span", { class: "name" }, bdi(problem.article)),
        problem.code, problem.start, el("span", { class: "name", dir: "auto" }, problem.message),
      ],
    }))), "No problems.");
  };

  // ---- one article -------------------------------------------------------------------------

  let reading = null;

  /* The text cut wherever a quote, a mention or a cue begins or ends, so that spans may nest and overlap. */
  const segments = (quotes, start, end) => {
    const cuts = new Set([start, end]);
    const spans = [];
    for (const quote of quotes) {
      spans.push([quote.start, quote.end, "quote", quote]);
      if (quote.mention_start >= 0) spans.push([quote.mention_start, quote.mention_end, "mention", quote]);
      if (quote.cue_start >= 0) spans.push([quote.cue_start, quote.cue_end, "cue", quote]);
    }
    const inside = spans.filter(([from, to]) => from < end && to > start);
    for (const [from, to] of inside) {
      cuts.add(Math.max(from, start));
      cuts.add(Math.min(to, end));
    }
    const places = [...cuts].sort((one, other) => one - other);
    inside.sort((one, other) => one[0] - other[0]);
    const found = [];
    let open = [];
    let next = 0;
    for (let i = 0; i + 1 < places.length; i += 1) {
      open = open.filter(([, to]) => to > places[i]);
      while (next < inside.length && inside[next][0] <= places[i]) open.push(inside[next++]);
      found.push({ from: places[i], to: places[i + 1], open: open.filter(([, to]) => to > places[i]) });
    }
    return found;
  };

  const marker = (quote) => {
    const label = now(quote, "kind") === "other" ? "" : now(quote, "stance");
    const { slot, sign, title } = look(label);
    const aside = now(quote, "kind") === "other";
    return el("a", {
      href: address("article", { id: quote.article.id, quote: quote.quote_id }), class: `marker s${slot}${aside ? " aside" : ""}`, "data-quote": quote.quote_id, "aria-describedby": "tip",
      "aria-label": `Quote ${quote.quote_id}: ${aside ? "not speech" : `${title}, ${now(quote, "speaker") || "speaker not known"}`}`,
    }, `${aside ? "–" : sign}\u00a0${quote.quote_id}`);
  };

  const drawSegment = (cut, { from, to, open }) => {
    const words = cut(from, to);
    const quotes = open.filter(([, , part]) => part === "quote").map(([, , , quote]) => quote);
    const parts = new Set(open.map(([, , part]) => part));
    parts.delete("quote");
    if (!quotes.length) return parts.size ? el("span", { class: [...parts].join(" ") }, words) : words;
    quotes.sort((one, other) => other.end - other.start - (one.end - one.start));
    const [inner, outer] = quotes.slice(-2).reverse();
    const aside = now(inner, "kind") === "other";
    const style = ["quote", `s${look(now(inner, "stance")).slot}`, aside ? "aside" : "", ...parts];
    if (outer) style.push("nested", `in-s${look(now(outer, "stance")).slot}`);
    return el("mark", { class: style.filter(Boolean).join(" "), "data-quote": inner.quote_id }, words);
  };

  const drawText = (text, quotes) => {
    const cut = slicer(text);
    const points = ASTRAL.test(text) ? Array.from(text) : text;
    const starts = new Map();
    for (const quote of quotes) starts.set(quote.start, [...(starts.get(quote.start) || []), quote]);
    const paragraphs = [];
    const isBreak = (char) => char === "\n" || char === "\r" || char === "\u0085" || char === "\u2028" || char === "\u2029";
    let start = 0;
    let waiting = quotes;
    while (start < points.length) {
      if (isBreak(points[start])) {
        start += 1;
        continue;
      }
      let end = start;
      while (end < points.length && !isBreak(points[end])) end += 1;
      waiting = waiting.filter((quote) => Math.max(quote.end, quote.cue_end, quote.mention_end) > start);
      const paragraph = el("p", { dir: "auto" });
      for (const segment of segments(waiting, start, end)) {
        for (const quote of starts.get(segment.from) || []) paragraph.append(marker(quote));
        paragraph.append(drawSegment(cut, segment));
      }
      paragraphs.push(paragraph);
      start = end;
    }
    return paragraphs;
  };

  const note = (quote) =>
    el("li", { class: `note s${look(now(quote, "kind") === "other" ? "" : now(quote, "stance")).slot}${corrections.has(quote.key) ? " fixed" : ""}`, id: `note-${quote.quote_id}`, tabindex: "-1" },
      el("p", { class: "head" }, el("a", { class: "number", href: address("article", { id: quote.article.id, quote: quote.quote_id }), "aria-label": `Quote ${quote.quote_id} in the text`, onclick: (event) => {
          event.preventDefault();
          point(quote.quote_id);
          document.querySelector(`a.marker[data-quote="${quote.quote_id}"]`)?.focus({ preventScroll: true });
        } }, String(quote.quote_id)), sideCell(quote), el("span", { class: "part" }, KINDS[now(quote, "kind")] || now(quote, "kind")),
        corrections.has(quote.key) ? el("span", { class: "tag" }, "corrected") : null),
      el("p", { class: "words", lang: "id", dir: "auto" }, quote.text.length > 280 ? `${quote.text.slice(0, 280)}…` : quote.text),
      ...[speakerCell(quote)].flat(),
      el("p", { class: "foot" }, el("span", { class: "part" }, how(quote)), correctButton(quote)));

  const showArticle = async () => {
    const id = current.terms.get("id") || "";
    const article = held.byId.get(id);
    $("article-title").textContent = id;
    for (const name of ["article-facts", "article-legend", "article-text", "article-quotes", "article-pager"]) fill($(name));
    if (!article) {
      fill($("article-text"), el("p", {}, "This page does not hold this article. The tables beside it do."));
      reading = null;
      return;
    }
    const detail = await readArticle(article);
    if (current.view !== "article" || current.terms.get("id") !== id) return;
    reading = { article, detail, shown: 100 };
    const facts = [article.date, article.focus && `focus: ${country(article.focus)}`, plural(article.quotes, "quote"), `${count(article.characters)} characters`];
    fill($("article-facts"), facts.filter(Boolean).join(" · "));
    if (article.problems) $("article-facts").append(" · ", el("a", { href: address("problems", { article: id }) }, plural(article.problems, "problem")));
    drawArticle();
    const neighbours = [[article.place - 1, "← "], [article.place + 1, ""]].map(([place, arrow]) => {
      const other = held.articles[place];
      return other ? el("a", { href: address("article", { id: other.id }) }, arrow, bdi(articleName(other.id)), arrow ? "" : " →") : null;
    });
    fill($("article-pager"), ...neighbours.filter(Boolean));
    const quote = Number(current.terms.get("quote"));
    if (quote) requestAnimationFrame(() => point(quote));
  };

  const drawArticle = () => {
    const { detail, shown } = reading;
    const labels = [...new Set(detail.quotes.filter((quote) => now(quote, "kind") !== "other").map((quote) => now(quote, "stance")))];
    fill($("article-legend"), ...settings.labels.map((found) => found.label).filter((label) => labels.includes(label)).map(side),
      el("span", { class: "key-mention" }, "source"), el("span", { class: "key-cue" }, "reporting word"));
    fill($("article-text"), ...(detail.text === null ? [el("p", {}, "The text of this article is not in this page; its quotes are listed here.")] : drawText(detail.text, detail.quotes)));
    fill($("article-quotes"), ...detail.quotes.slice(0, shown).map(note));
    if (detail.quotes.length > shown) {
      $("article-quotes").append(el("li", {}, el("button", { type: "button", class: "quiet", onclick: () => {
        reading.shown += 100;
        drawArticle();
        $(`note-${detail.quotes[shown].quote_id}`).focus();
      } }, `Show more of ${count(detail.quotes.length)}`)));
    }
  };

  const light = (number) => {
    for (const mark of document.querySelectorAll(".quote.on")) mark.classList.remove("on");
    for (const mark of document.querySelectorAll(`mark[data-quote="${Number(number)}"]`)) mark.classList.add("on");
  };
  /* Whether the notes stand beside the text, not below it. */
  const beside = matchMedia("(min-width: 60.01rem)");
  const point = (number) => {
    light(number);
    const mark = document.querySelector(`#article-text [data-quote="${Number(number)}"]`);
    mark?.scrollIntoView({ block: "center" });
    if (beside.matches) $(`note-${Number(number)}`)?.scrollIntoView({ block: "nearest" });
  };

  // ---- the tip -----------------------------------------------------------------------------

  const tip = $("tip");
  let tipTimer = 0;
  const hideTip = () => {
    tip.hidden = true;
    light(0);
  };
  const hideSoon = () => {
    clearTimeout(tipTimer);
    tipTimer = setTimeout(hideTip, 200);
  };
  const showTip = (target) => {
    clearTimeout(tipTimer);
    const quote = reading?.detail.quotes.find((found) => found.quote_id === Number(target.dataset.quote));
    if (!quote) return;
    light(quote.quote_id);
    const aside = now(quote, "kind") === "other";
    const { title, sign } = look(now(quote, "stance"));
    const sure = corrections.has(quote.key) ? "corrected" : percent(quote.stance_score);
    fill(tip,
      el("p", { class: "tip-who" }, aside ? "Not speech" : bdi(now(quote, "speaker") || "Speaker not known")),
      aside || !now(quote, "role") ? null : el("p", {}, bdi(now(quote, "role"))),
      aside ? null : el("p", {}, `${sign} ${title}${sure ? `, ${sure}` : ""} · ${KINDS[now(quote, "kind")] || ""}`),
      quote.rule ? el("p", {}, `Rule ${quote.rule}, confidence ${percent(quote.score) || "not known"}`) : null);
    tip.hidden = false;
    const box = [...target.getClientRects()][0] || target.getBoundingClientRect();
    const left = Math.min(Math.max(16, box.left), document.documentElement.clientWidth - tip.offsetWidth - 16);
    const above = box.top - tip.offsetHeight - 8;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(above > 60 ? above : box.bottom + 8) + window.scrollY}px`;
  };
  const marked = (event) => event.target.closest?.("#article-text [data-quote]");
  document.addEventListener("mouseover", (event) => {
    if (tip.contains(event.target)) clearTimeout(tipTimer);
    else if (marked(event)) showTip(marked(event));
    else if (!tip.hidden && document.activeElement?.className.includes?.("marker") !== true) hideSoon();
  });
  document.addEventListener("focusin", (event) => (marked(event) ? showTip(marked(event)) : hideTip()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
  });
  $("article-text").addEventListener("click", (event) => {
    const target = marked(event);
    if (!target || !getSelection().isCollapsed) return;
    const quote = reading.detail.quotes.findIndex((found) => found.quote_id === Number(target.dataset.quote));
    if (quote >= reading.shown) {
      reading.shown = quote + 1;
      drawArticle();
    }
    if (target.matches("a")) {
      event.preventDefault();
      const card = $(`note-${Number(target.dataset.quote)}`);
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
      light(target.dataset.quote);
    }
  });

  // ---- correcting --------------------------------------------------------------------------

  const editor = $("editor");
  const form = $("editor-form").elements;
  let editing = null;

  const sameSpeaker = (quote) =>
    details[quote.article.place].quotes.filter((other) => other !== quote && now(quote, "speaker") !== "" && now(other, "speaker") === now(quote, "speaker") && now(other, "kind") !== "other");

  const edit = async (quote, button) => {
    await readArticle(quote.article);
    editing = { quote, key: button.dataset.key, same: sameSpeaker(quote) };
    $("editor-quote").textContent = quote.text;
    for (const field of FIELDS) form[field].value = now(quote, field);
    form.same.checked = false;
    $("editor-same").hidden = editing.same.length === 0;
    $("editor-same").lastElementChild.textContent = `Also for this speaker’s ${plural(editing.same.length, "other quote")} in this article`;
    $("editor-undo").hidden = !corrections.has(quote.key);
    const names = [...new Set(details[quote.article.place].quotes.map((other) => other.speaker).filter(Boolean))];
    fill($("article-speakers"), ...names.map((name) => el("option", { value: name })));
    settle();
    editor.returnValue = "";
    editor.showModal();
  };
  const settle = () => {
    const speech = form.kind.value !== "other";
    for (const field of ["speaker", "role", "stance", "same"]) form[field].disabled = !speech;
  };
  form.kind.addEventListener("change", settle);
  /* A known speaker brings role and side along. */
  form.speaker.addEventListener("change", () => {
    const other = details[editing.quote.article.place].quotes.find((found) => found.speaker === form.speaker.value.trim());
    if (!other || form.speaker.value.trim() === now(editing.quote, "speaker")) return;
    form.role.value = now(other, "role");
    form.stance.value = now(other, "stance");
  });
  editor.addEventListener("close", async () => {
    const { quote, same, key } = editing;
    if (editor.returnValue === "save") {
      const kind = form.kind.value;
      const speech = kind !== "other";
      const values = { kind, speaker: speech ? form.speaker.value.trim() : "", role: "", stance: "" };
      if (values.speaker) Object.assign(values, { role: form.role.value.trim(), stance: form.stance.value });
      correct(quote, values);
      if (speech && form.same.checked) for (const other of same) correct(other, { ...values, kind: now(other, "kind") });
    }
    if (editor.returnValue === "undo") corrections.delete(quote.key);
    if (["save", "undo"].includes(editor.returnValue)) {
      keep();
      if (current.view === "article") drawArticle();
      else await show(false);
      say(`${plural(corrections.size, "correction")} kept, not yet downloaded`);
    }
    setTimeout(() => document.querySelector(`button[data-key="${CSS.escape(key)}"]`)?.focus(), 60);
  });

  const difference = (quote) => {
    const fixed = corrections.get(quote.key);
    const shown = (field, value) => (field === "stance" ? look(value).title : field === "kind" ? KINDS[value] || value : value) || "none";
    return FIELDS.filter((field) => fixed[field] !== quote[field]).map((field) =>
      el("div", {}, `${field === "stance" ? "side" : field}: `, el("del", {}, bdi(shown(field, quote[field]))), " → ", el("ins", {}, bdi(shown(field, fixed[field])))));
  };
  const showCorrections = async () => {
    const rows = await corrected();
    if (current.view !== "corrections") return;
    const missing = corrections.size - rows.length;
    $("corrections-count").textContent = plural(rows.length, "correction") + (missing ? `; ${missing} belong to quotes this page does not hold` : "");
    fill($("corrections-list"), rows.length ? table("Corrections", [["Quote"], ["Change"], ["Article"], [""]], rows.map((quote) => ({
      cells: [
        el("div", { class: "words", lang: "id", dir: "auto" }, quote.text),
        difference(quote),
        el("a", { class: "name", href: address("article", { id: quote.article.id, quote: quote.quote_id }) }, bdi(quote.article.id)),
        correctButton(quote),
      ],
    }))) : el("p", { class: "empty" }, "Nothing corrected yet. “Correct” stands beside every quote."));
  };
  $("download").addEventListener("click", download);
  $("discard").addEventListener("click", () => {
    if (!window.confirm(`Discard ${plural(corrections.size, "correction")}?`)) return;
    corrections.clear();
    keep();
    show(false);
  });

  // ---- light and dark ----------------------------------------------------------------------

  const theme = $("theme");
  const dark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const nameTheme = () => {
    theme.title = dark() ? "Light colours" : "Dark colours";
    theme.setAttribute("aria-label", theme.title);
  };
  try {
    const kept = localStorage.getItem("quotes-theme");
    if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
  } catch {
    /* No storage: the system's choice. */
  }
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("quotes-theme", document.documentElement.dataset.theme);
    } catch {
      /* As above. */
    }
    nameTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);

  // ---- start -------------------------------------------------------------------------------

  const start = async () => {
    if (!("DecompressionStream" in window)) throw new Error("this browser is too old to unpack the lists (it needs DecompressionStream, 2023)");
    await readIndex();
    for (const view of ["quotes", "speakers"]) stanceToggles($(`${view}-stances`));
    toggles($("quotes-kinds"), "kind", Object.entries(KINDS));
    for (const view of ["quotes", "speakers", "articles", "problems"]) watchForm(view);
    const dated = held.articles.some((article) => article.date);
    for (const node of document.querySelectorAll(".dated")) node.hidden = !dated;
    const busiest = [...held.speakers.values()].sort((one, other) => other.quotes - one.quotes).slice(0, 300);
    fill($("known-speakers"), ...busiest.map((who) => el("option", { value: who.name })));
    for (const found of settings.labels) form.stance.append(el("option", { value: found.label }, `${found.sign} ${found.title}`));
    $("quotes-clear").addEventListener("click", () => {
      for (const key of [...current.terms.keys()]) current.terms.delete(key);
      fillForm("quotes");
      change({});
    });
    recall();
    nameTheme();
    theme.hidden = false;
    window.addEventListener("hashchange", () => go(false));
    await go(true);
    document.documentElement.dataset.ready = "yes";
    (window.requestIdleCallback || ((work) => setTimeout(work, 500)))(() => readAll());
  };
  start().catch((error) => {
    $("broken").textContent = `The lists cannot be shown: ${error.message}. The figures and the tables beside this page are whole.`;
    $("broken").hidden = false;
  });
})();

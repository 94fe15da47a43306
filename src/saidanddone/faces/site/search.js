// Search that works from files alone. words.py says what the files hold and takes words apart as
// `tokens` does here. Nothing is written as HTML: all text goes in as text.
(() => {
  "use strict";

  const form = document.getElementById("search-form");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");
  const script = document.currentScript;
  if (!form || !found || !hits || !script) return;

  const here = new URL("./", script.src); // search/
  const root = new URL("../", here);
  const LETTERS = 2, LONGEST = 40; // as in words.py
  const PAGES = 10, ACTS = 5, MOST_WORDS = 12;
  const SIGNS = { 1: ["cooperative", "+"], "-1": ["conflictual", "−"], 0: ["neutral", "○"] };

  const files = new Map();
  const load = (path) => {
    if (!files.has(path)) {
      files.set(path, fetch(new URL(path, here)).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status} ${path}`);
        return answer.json();
      }));
    }
    return files.get(path);
  };

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const tokens = (text) =>
    (fold(text).match(/[\p{L}\p{N}]+/gu) || []).map((word) => [...word].slice(0, LONGEST).join(""));
  const shard = (word) =>
    [...word].slice(0, LETTERS)
      .map((c) => (/^[a-z0-9]$/.test(c) ? c : "u" + c.codePointAt(0).toString(16).padStart(4, "0")))
      .join("");

  // What was typed: terms, each a run of words ("nuclear test" is a phrase), a beginning (test*),
  // and terms that must not be there (-word).
  const parse = (query) => {
    const terms = [];
    for (const [, minus, quoted, bare] of query.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/gu)) {
      const text = quoted ?? bare ?? "";
      const words = tokens(text);
      if (words.length && terms.length < MOST_WORDS) {
        terms.push({ words, not: minus === "-", begins: quoted === undefined && text.endsWith("*") });
      }
    }
    return terms;
  };

  const fits = (word, wanted, begins) => (begins ? word.startsWith(wanted) : word === wanted);

  // Where a term stands among words: positions of its first word.
  const places = (words, term) => {
    const last = term.words.length - 1;
    return words.flatMap((_, at) =>
      term.words.every((wanted, i) =>
        at + i < words.length && fits(words[at + i], wanted, term.begins && i === last)) ? [at] : []);
  };

  // How many acts of which page may hold a word.
  const lookUp = async (word, begins, names) => {
    const pages = new Map();
    const name = shard(word);
    const short = begins && [...word].length < LETTERS;
    const wanted = short ? names.filter((one) => one.startsWith(name)) : names.filter((one) => one === name);
    for (const one of wanted) {
      const words = await load(`words/${one}.json`);
      for (const [held, counts] of Object.entries(words)) {
        if (!fits(held, word, begins)) continue;
        for (const [key, times] of Object.entries(counts)) pages.set(key, (pages.get(key) || 0) + times);
      }
    }
    return pages;
  };

  // Pages that may hold all terms in acts or title, the likeliest first.
  const candidates = async (terms, table) => {
    const names = new Set(table.words);
    let left = null;
    for (const term of terms.filter((one) => !one.not)) {
      for (const [i, word] of term.words.entries()) {
        const begins = term.begins && i === term.words.length - 1;
        const pages = await lookUp(word, begins, [...names]);
        const next = new Map();
        for (const [key, [title]] of Object.entries(table.pairs)) {
          const named = tokens(title).some((one) => fits(one, word, begins));
          const times = pages.get(key) || 0;
          if (!named && !times) continue;
          const before = left === null ? Infinity : left.get(key);
          if (before !== undefined) next.set(key, Math.min(before, named ? Math.max(times, 1e6) : times));
        }
        left = next;
      }
    }
    return [...(left || new Map())]
      .sort(([a, x], [b, y]) => y - x || table.pairs[b][2] - table.pairs[a][2] || (a < b ? -1 : 1))
      .map(([key]) => key);
  };

  const element = (name, classes, ...parts) => {
    const made = document.createElement(name);
    if (classes) made.className = classes;
    made.append(...parts);
    return made;
  };

  // A text with what was sought marked: words are found again where they stand.
  const marked = (text, terms) => {
    const spans = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap((m) =>
      tokens(m[0]).map((word) => ({ word, start: m.index, end: m.index + m[0].length })));
    const words = spans.map((span) => span.word);
    const on = new Set();
    for (const term of terms.filter((one) => !one.not)) {
      for (const at of places(words, term)) term.words.forEach((_, i) => on.add(at + i));
    }
    const parts = [];
    let at = 0;
    spans.forEach((span, i) => {
      if (!on.has(i) || span.start < at) return;
      parts.push(text.slice(at, span.start), element("mark", "", text.slice(span.start, span.end)));
      at = span.end;
    });
    return [...parts, text.slice(at)];
  };

  const link = (address, text) => {
    const made = element("a", "", text);
    made.href = new URL(address, root);
    return made;
  };

  const shownAct = ([key, date, channel, valence, text], address, anchored, terms) => {
    const [name, mark] = SIGNS[valence] || ["", ""];
    const sign = element("span", `sign ${name}`, element("span", "", mark), ` ${name}`);
    sign.firstChild.setAttribute("aria-hidden", "true");
    const when = element("time", "", date);
    when.dateTime = date;
    const read = link(anchored ? `${address}#act-${key}` : address, anchored ? "Read it in place" : "Go to the page");
    return element("li", "hit",
      element("p", "act-head", when, " ", sign, " ", element("span", "channel", channel)),
      element("p", "act-text", ...marked(text || "", terms)),
      element("p", "source", read));
  };

  // Acts of a page that hold all terms and none of the others; the title counts as said in each.
  const matching = (acts, title, terms) => {
    const named = tokens(title);
    const inTitle = new Set(terms.filter((term) => places(named, term).length));
    const positive = terms.filter((term) => !term.not);
    if (positive.every((term) => inTitle.has(term)) && !terms.some((term) => term.not)) return null;
    return acts.flatMap((act, at) => {
      const words = tokens(act[4] || "");
      const holds = terms.every((term) =>
        (inTitle.has(term) || places(words, term).length > 0) !== term.not);
      return holds ? [at] : [];
    });
  };

  const count = (number, what) => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;

  let turn = 0;

  const show = async (query) => {
    const mine = ++turn;
    const terms = parse(query);
    hits.replaceChildren();
    document.getElementById("more-hits")?.remove();
    if (!terms.some((term) => !term.not)) {
      found.textContent = "Type what you look for.";
      return;
    }
    const named = query.includes('"') ? query : `“${query}”`;
    found.textContent = "Searching…";
    try {
      const table = await load("pages.json");
      const keys = await candidates(terms, table);
      const others = table.others.filter(([title]) =>
        terms.every((term) => (places(tokens(title), term).length > 0) !== term.not));
      if (mine !== turn) return;
      for (const [title, address] of others.slice(0, PAGES)) {
        hits.append(element("li", "hit", element("p", "act-head", link(address, title))));
      }
      const told = { pages: others.slice(0, PAGES).length, acts: 0, at: 0 };

      const more = async () => {
        let shown = 0;
        while (told.at < keys.length && shown < PAGES) {
          const key = keys[told.at++];
          const [title, address, all] = table.pairs[key];
          const acts = await load(`acts/${encodeURIComponent(key)}.json`);
          if (mine !== turn) return;
          const at = matching(acts, title, terms);
          if (at !== null && !at.length) continue;
          shown += 1;
          told.pages += 1;
          told.acts += at === null ? 0 : at.length;
          const head = element("p", "act-head", link(address, title), " ",
            element("span", "kind", at === null ? count(all, "act") : count(at.length, "find")));
          const item = element("li", "hit", head);
          if (at !== null) {
            item.append(element("ol", "acts",
              ...at.slice(0, ACTS).map((i) => shownAct(acts[i], address, i < table.shown, terms))));
          }
          hits.append(item);
        }
        const rest = keys.length - told.at;
        found.textContent = told.pages
          ? `${count(told.pages, "page")}, ${count(told.acts, "act")} found for ${named}` +
            (rest ? `; ${count(rest, "page")} not looked through yet.` : ".")
          : `Nothing was found for ${named}.`;
        document.getElementById("more-hits")?.remove();
        if (rest) {
          const button = element("button", "", "Look further");
          button.type = "button";
          button.id = "more-hits";
          button.addEventListener("click", () => {
            button.disabled = true;
            more().catch(failed);
          });
          hits.after(button);
        }
      };
      await more();
    } catch (error) {
      failed(error);
    }
  };

  const failed = (error) => {
    found.textContent = location.protocol === "file:"
      ? "A browser does not let a page read files beside it. Open the site through a web server."
      : `The search cannot read its files (${error.message}). Try again later.`;
  };

  const asked = () => new URLSearchParams(location.search).get("q") || "";
  const input = form.elements.namedItem("q");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = input.value.slice(0, 200);
    history.pushState(null, "", `?${new URLSearchParams({ q: query })}`);
    show(query);
  });
  const fromAddress = () => {
    input.value = asked().slice(0, 200);
    if (input.value) show(input.value);
  };
  addEventListener("popstate", fromAddress);
  fromAddress();
})();

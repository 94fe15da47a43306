// Everything here is an addition: without it the pages can be read, asked and filtered by a server.
"use strict";
(() => {
  const root = document.documentElement;
  const by = (id) => document.getElementById(id);

  // Light and dark.
  const theme = by("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const name = () => { theme.textContent = dark() ? "Light colours" : "Dark colours"; };
  if (theme) {
    theme.hidden = false;
    name();
    system.addEventListener("change", name);
    theme.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not remembered */ }
      name();
    });
  }

  // Copying a citation.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("button[data-copy]")) {
      const label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(by(button.dataset.copy).textContent);
          button.textContent = "Copied";
        } catch {
          button.textContent = "Not copied: mark the text and copy it yourself";
        }
        setTimeout(() => { button.textContent = label; }, 3000);
      });
    }
  }

  // Filtering the timeline in place, where all acts are on the page.
  const filter = by("filter");
  if (filter && "whole" in filter.dataset) {
    const acts = [...document.querySelectorAll("#list > li.act")];
    const count = by("count");
    const reset = filter.querySelector("button[type=reset]");
    const date = /^\d{4}(-\d{2}(-\d{2})?)?$/;
    const first = (day) => day + "-01-01".slice(day.length - 4);
    const last = (day) => day + "-12-31".slice(day.length - 4);
    const whole = (number) => number.toLocaleString("en");
    const apply = () => {
      const asked = Object.fromEntries(new FormData(filter));
      const typed = (field) => asked[field].trim();
      for (const field of ["since", "until"]) {
        const wrong = typed(field) && !date.test(typed(field));
        filter.elements[field].setAttribute("aria-invalid", wrong ? "true" : "false");
        if (wrong) asked[field] = "";
      }
      const since = typed("since");
      const until = typed("until");
      let kept = 0;
      for (const act of acts) {
        const its = act.dataset;
        const shown = (!asked.channel || its.channel === asked.channel)
          && (!asked.sign || its.sign === asked.sign)
          && (!asked.topic || its.topic === asked.topic)
          && (!since || first(its.date) >= first(since))
          && (!until || first(its.date) <= last(until));
        act.hidden = !shown;
        kept += shown;
      }
      const all = kept === acts.length;
      count.textContent = all ? `${whole(kept)} acts, latest first.`
        : `${whole(kept)} of ${whole(acts.length)} acts.`;
      reset.hidden = all && !since && !until;
    };
    filter.hidden = false;
    filter.querySelector("button[type=submit]").hidden = true;
    filter.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
    filter.addEventListener("change", apply);
    filter.addEventListener("input", apply);
    filter.addEventListener("reset", () => setTimeout(apply));
  }

  // The ask box of a site without a server: names.json tells what a name means.
  const folded = (text) => text.normalize("NFKC").toLowerCase().normalize("NFKD")
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, "").normalize("NFKC")
    .replace(/[øđðłıæœß]/g, (c) => ({ ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", æ: "ae", œ: "oe", ß: "ss" })[c])
    .replace(/^([^,]+),\s*([^,]+\bof)\s*$/, "$2 $1").replace(/&/g, " and ").replace(/['‘’ʻʼ`´.\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim().split(" ").filter((word) => word !== "the");
  const closed = (words) => {
    const found = [];
    let single = false;
    for (const word of words) {
      if (word.length === 1 && single) found[found.length - 1] += word; else found.push(word);
      single = word.length === 1;
    }
    return found.filter((word) => word !== "the").map((word) => (word === "st" ? "saint" : word)).join(" ");
  };
  // As typed, then without an article, the word government or a plural's s.
  const meant = (names, typed) => {
    const key = closed(folded(typed));
    const forms = [key, key.replace(/^(la|le|les|el|los|die|der|das|al|l|d) /, ""),
      key.replace(/^government of /, ""), key.replace(/ government$/, "")];
    if (key.length > 4 && key.endsWith("s")) forms.push(key.slice(0, -1));
    const known = forms.find((form) => Object.hasOwn(names.names, form));
    return known === undefined ? [] : names.names[known];
  };
  for (const form of document.querySelectorAll("form.ask[data-names]")) {
    const trouble = form.querySelector(".trouble");
    const say = (sentence, field) => {
      trouble.textContent = sentence;
      trouble.hidden = false;
      if (field) { field.setAttribute("aria-invalid", "true"); field.focus(); }
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      trouble.hidden = true;
      const sides = [form.elements.source, form.elements.target];
      sides.forEach((field) => field.removeAttribute("aria-invalid"));
      let names;
      try {
        const answer = await fetch(form.dataset.names);
        if (!answer.ok) throw new Error(answer.statusText);
        names = await answer.json();
      } catch {
        form.submit();
        return;
      }
      const found = [];
      for (const field of sides) {
        const ids = meant(names, field.value);
        if (ids.length !== 1) {
          const several = ids.map((id) => names.labels[id]).join(" or ");
          say(ids.length ? `“${field.value}” may mean ${several}. Write which one.`
            : `No state on this site is named “${field.value}”. Try another name or the list of all pairs.`, field);
          return;
        }
        found.push(ids[0]);
      }
      const [source, target] = found;
      if (source === target) { say("Both names mean the same state.", sides[1]); return; }
      if (names.pairs && !names.pairs.some((pair) => pair[0] === source && pair[1] === target)) {
        say(`This site has no page of ${names.labels[source]} toward ${names.labels[target]}.`, sides[1]);
        return;
      }
      location.href = `${form.dataset.root}pairs/${names.slugs[source]}/${names.slugs[target]}/`;
    });
  }
})();

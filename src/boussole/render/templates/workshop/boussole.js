"use strict";
// What pages do better with JavaScript: answers are kept in the phone until they are acknowledged, waiting pages follow
// the session, keys lead the big screen. Every page works without it.
(() => {
  const KEY = "boussole-waiting";
  const told = document.getElementById("network");
  const say = (text) => { if (told && told.textContent !== text) told.textContent = text; };
  const jitter = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

  const held = () => {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
  };
  const hold = (all) => {
    try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { /* a phone that keeps nothing still sends */ }
  };

  // One answer; what the server refuses is not sent again, what it did not hear is.
  const send = async (one) => {
    const answered = await fetch(one.to, {
      method: "POST", body: one.body, headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    if (answered.status >= 500 || answered.status === 429) throw new Error(String(answered.status));
    return answered;
  };
  const waiting = (all) => say(all.length ? `${document.body.dataset.lost} ${document.body.dataset.waiting} ${all.length}` : "");

  let busy = false;
  let pause = 500;
  const flush = async (leadOn) => {
    if (busy) return;
    busy = true;
    let last = null;
    try {
      for (let all = held(); all.length; all = held()) {
        last = await send(all[0]);
        hold(held().filter((one) => one.body !== all[0].body || one.to !== all[0].to));
      }
      pause = 500;
      waiting([]);
    } catch {
      waiting(held());
      setTimeout(() => flush(leadOn), jitter(pause));
      pause = Math.min(pause * 2, 10000);
      last = null;
    }
    busy = false;
    if (last && leadOn) {
      if (last.status === 422) leadOn(); else location.assign(last.redirected ? last.url : location.href);
    }
  };

  const form = document.querySelector("form[data-question]");
  if (form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const fields = new FormData(form);
      if (event.submitter && event.submitter.name) fields.append(event.submitter.name, event.submitter.value);
      const one = { to: form.getAttribute("action"), body: new URLSearchParams(fields).toString() };
      const others = held().filter((other) => other.to !== one.to);
      hold([...others, one]);
      if (!held().length) { form.submit(); return; }
      flush(() => form.submit());
    });
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "checkbox" || !target.checked) return;
      for (const box of form.querySelectorAll("input[type=checkbox]")) {
        if (box !== target && (target.dataset.alone !== undefined || box.dataset.alone !== undefined)) box.checked = false;
      }
    });
  }
  if (held().length) flush(form ? null : () => location.assign("/suite"));
  const wake = () => { if (held().length) { pause = 500; flush(() => location.assign("/suite")); } };
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });

  // A screen reader begins at what is new: what went wrong, else the heading; whoever types sheets in goes on typing.
  const first = document.querySelector("[role=alert]") || document.querySelector("h1");
  if (first && !document.querySelector("[autofocus]") && !location.hash && document.referrer.startsWith(location.origin)) {
    first.setAttribute("tabindex", "-1");
    first.focus({ preventScroll: true });
  }

  // News: a page asks, and is answered once something changed, or after a while. A question that a sleep cut is asked again.
  const { news, spread, state, over } = document.body.dataset;
  if (news) {
    let word = "";
    let asking = null;
    let rest = 500;
    let stopped = false;
    const again = () => setTimeout(() => location.reload(), Math.random() * Number(spread || 0));
    const look = async () => {
      const asked = asking = new AbortController();
      const patience = setTimeout(() => asked.abort(), 30000);
      let pause = 250;
      try {
        const answered = await fetch(`${news}?vu=${encodeURIComponent(word)}`, { signal: asked.signal });
        if (!answered.ok) throw new Error(String(answered.status));
        const now = await answered.json();
        if (now.state !== state) { again(); return; }
        for (const count of document.querySelectorAll("[data-count]")) {
          const words = now[count.dataset.count];
          if (words && words !== count.textContent) count.textContent = words;
        }
        rest = 500;
        stopped = now.over;
        word = stopped ? "" : now.word;
        if (stopped) { say(over); pause = 2000; } else if (!held().length) say("");
      } catch {
        if (asking !== asked) return;
        if (!stopped) say(document.body.dataset.lost || "");  // that it stopped is known, and says more
        word = "";  // so that whoever answers next does it at once
        pause = rest;
        rest = Math.min(rest * 2, 10000);
      } finally { clearTimeout(patience); }
      setTimeout(() => { if (asking === asked && !document.hidden) look(); }, jitter(pause));
    };
    const restart = () => {
      if (asking) { const old = asking; asking = null; old.abort(); }
      if (!document.hidden) look();
    };
    document.addEventListener("visibilitychange", restart);
    addEventListener("pageshow", (event) => { if (event.persisted) restart(); });
    addEventListener("online", restart);
    look();
  }

  // « + » and « - » move the timer by a minute, a digit starts so many.
  const minutes = document.querySelector(".timing input");
  const keys = { "+": "more", "-": "less", ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous", Home: "hide" };
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target === minutes) return;
    if (minutes && /^[1-9]$/.test(event.key)) {
      minutes.value = event.key;
      document.querySelector(".timing button").click();
      return;
    }
    if (!keys[event.key]) return;
    const button = document.querySelector(`.controls button[value=${keys[event.key]}]`)
      || (keys[event.key] === "more" && document.querySelector(".timing button"))
      || (keys[event.key] === "next" && document.querySelector(".controls button[value=reveal]"));
    if (button) { event.preventDefault(); button.click(); }
  });
})();

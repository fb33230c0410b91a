// Drafts save themselves: any <form data-autosave="URL"> is sent to that URL two seconds after the
// last key, and at once when the page is hidden. The URL answers JSON:
//   200 {"saved_at": "2026-11-24T19:05:00Z", "version": 4}   the draft's version, sent as draft_version next time
//   409                                                      another window saved a newer draft
// A redirect, 401 or 403 means that the session is over. Nothing is kept in the browser's storage: the
// text may be confidential and would outlive the session on disk. The form itself keeps it; leaving the
// page with an unsaved draft asks first.

const QUIET_MS = 2_000;
const RETRY_MS = 15_000;
// Browsers refuse a keepalive request whose body is larger than 64 KiB.
const KEEPALIVE_BYTES = 60_000;

const washington = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/New_York",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
});

function bodyOf(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") {
      body.append(name, value);
    }
  }
  return body.toString();
}

class Draft {
  #form;
  #status;
  #saved;
  #version = null;
  #timer = 0;
  #busy = false;
  #leaving = false;

  constructor(form) {
    this.#form = form;
    this.#status = form.querySelector("[data-autosave-status]");
    this.#saved = bodyOf(form);
    form.addEventListener("input", () => this.#soon(QUIET_MS));
    form.addEventListener("change", () => this.#soon(QUIET_MS));
    document.addEventListener("submit", (event) => {
      this.#leaving ||= event.target === form && !event.defaultPrevented;
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.#save());
    addEventListener("beforeunload", (event) => this.#unsaved() && event.preventDefault());
    addEventListener("pageshow", () => (this.#leaving = false));
  }

  #unsaved() {
    return !this.#leaving && bodyOf(this.#form) !== this.#saved;
  }

  #soon(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), delay);
  }

  async #save() {
    if (this.#busy || !this.#unsaved()) {
      return;
    }
    this.#busy = true;
    const body = bodyOf(this.#form);
    try {
      await this.#accept(await this.#send(body), body);
    } catch {
      this.#fail("Not saved: no connection. Your text is still here; it will be tried again.", RETRY_MS);
    }
    this.#busy = false;
    if (this.#status?.dataset.state === "saved" && this.#unsaved()) {
      this.#soon(QUIET_MS);
    }
  }

  #send(typed) {
    const body = this.#version === null ? typed : `${typed}&draft_version=${this.#version}`;
    return fetch(this.#form.dataset.autosave, {
      method: "POST",
      body,
      headers: {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        "X-CSRFToken": this.#form.elements.csrf_token.value,
      },
      keepalive: body.length < KEEPALIVE_BYTES,
      redirect: "manual",
    });
  }

  async #accept(answer, body) {
    if (answer.ok) {
      const { saved_at: at, version } = await answer.json();
      this.#version = version;
      this.#saved = body;
      this.#say("saved", `Draft saved ${washington.format(new Date(at))}`);
    } else if (answer.status === 409) {
      this.#fail("Not saved: another window saved a newer draft. Your text is still here.");
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.#fail("Not saved: you are signed out. Copy your text before you leave this page.");
    } else {
      this.#fail("Not saved. Your text is still here; it will be tried again.", RETRY_MS);
    }
  }

  #fail(words, retry = 0) {
    this.#say("failed", words);
    if (retry) {
      this.#soon(retry);
    }
  }

  #say(state, words) {
    if (this.#status) {
      this.#status.dataset.state = state;
      this.#status.textContent = words;
    }
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Draft(form));

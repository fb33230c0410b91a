// Sends a large file in pieces, each with its SHA-256, so that a broken connection costs one piece.
//   <form data-upload-begin="URL" data-piece-size="…">  a new exhibit: a file of one piece is left to
//                                                       the ordinary form, a larger one is sent here
//   <form data-upload-resume="URL">                     an upload that was begun: URL answers its state
// Both hold [data-upload-status], which is hidden until something is sent. What a script cannot do, as
// without a secure context, the form says, and the ordinary form stays as it is.

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const TRIES = 8;
const SIGNED_OUT = "You are signed out. What came is kept: sign in again and resume under Unfinished uploads.";

class Refused extends Error {}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

async function sha256(buffer) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Upload {
  #form;
  #box;
  #stop = new AbortController();

  constructor(form) {
    this.#form = form;
    this.#box = form.querySelector("[data-upload-status]");
    this.#part("stop").addEventListener("click", () => this.#stop.abort());
    form.addEventListener("submit", (event) => this.#submitted(event));
  }

  #part(name) {
    return this.#box.querySelector(`[data-upload-${name}]`);
  }

  get #file() {
    return this.#form.querySelector("input[type=file]").files[0];
  }

  #submitted(event) {
    const { uploadBegin, pieceSize } = this.#form.dataset;
    if (!this.#file || (uploadBegin && this.#file.size <= Number(pieceSize))) {
      return;
    }
    event.preventDefault();
    if (this.#form.dataset.sending === undefined) {
      this.#run();
    }
  }

  async #run() {
    const ask = (event) => event.preventDefault();
    this.#form.dataset.sending = "";
    this.#stop = new AbortController();
    this.#show("Preparing", 0);
    addEventListener("beforeunload", ask);
    let page = "";
    try {
      const address = this.#form.dataset.uploadResume ?? (await this.#begin());
      const state = await this.#answer(address, {});
      page = state.page;
      await this.#sendAll(state);
      removeEventListener("beforeunload", ask);
      this.#finish(state.complete);
    } catch (fault) {
      removeEventListener("beforeunload", ask);
      delete this.#form.dataset.sending;
      this.#failed(fault, page);
    }
  }

  async #begin() {
    if (!globalThis.crypto?.subtle) {
      throw new Refused("This browser sends large files over https only. Ask the administrator.");
    }
    const body = new FormData(this.#form);
    body.delete("file");
    body.append("file_name", this.#file.name);
    body.append("size", String(this.#file.size));
    const { state } = await this.#answer(this.#form.dataset.uploadBegin, { method: "POST", body });
    // Sent again after a fault, the form goes on with this upload and does not begin another.
    this.#form.dataset.uploadResume = state;
    return state;
  }

  async #sendAll(state) {
    if (state.state !== "open") {
      throw new Refused("This upload takes no more pieces. Load its page again.");
    }
    if (this.#file.size !== state.size) {
      throw new Refused(`Choose the same file again: ${state.file_name}, ${state.size} bytes.`);
    }
    const count = Math.ceil(state.size / state.piece_size);
    for (let number = 0; number < count; number += 1) {
      const start = number * state.piece_size;
      const piece = await this.#file.slice(start, start + state.piece_size).arrayBuffer();
      const digest = await sha256(piece);
      this.#show(`Sending piece ${number + 1} of ${count}`, start / state.size);
      if (state.have[number] === undefined) {
        await this.#put(state.put + number, piece, digest);
      } else if (state.have[number] !== digest) {
        throw new Refused("This is another file than the one begun, or it was changed. Cancel, and begin anew.");
      }
    }
    this.#show("Everything is there", 1);
  }

  async #put(address, piece, digest) {
    await this.#answer(address, {
      method: "POST",
      body: piece,
      headers: { "Content-Type": "application/octet-stream", "X-Piece-SHA256": digest },
    });
  }

  // The JSON of a good answer. Faults of the way are tried again, each time after a longer wait.
  async #answer(address, options) {
    const signal = this.#stop.signal;
    const headers = { "Accept": "application/json", "X-CSRFToken": this.#form.elements.csrf_token.value };
    for (let tried = 1; ; tried += 1) {
      let answer = null;
      try {
        const own = { ...headers, ...options.headers };
        answer = await fetch(address, { ...options, headers: own, redirect: "manual", signal });
      } catch (fault) {
        signal.throwIfAborted();
      }
      if (answer?.ok) {
        return answer.json();
      }
      if (answer?.type === "opaqueredirect" || answer?.status === 401) {
        throw new Refused(SIGNED_OUT);
      }
      if (answer && answer.status < 500 && answer.status !== 429) {
        throw new Refused(await this.#reason(answer));
      }
      if (tried === TRIES) {
        throw new Refused("The server does not answer. What came is kept; resume it later.");
      }
      this.#part("words").textContent = "No connection; it is tried again";
      await sleep(Math.min(FIRST_WAIT_MS * 2 ** (tried - 1), LONGEST_WAIT_MS), signal);
    }
  }

  async #reason(answer) {
    try {
      const { message, errors } = await answer.json();
      return errors?.length ? errors.map((one) => one.message).join(" ") : message;
    } catch {
      return "The server refuses this. Load the page again.";
    }
  }

  #show(words, share) {
    const percent = Math.floor(share * 100);
    this.#box.hidden = false;
    this.#part("problem").textContent = "";
    this.#part("stop").hidden = false;
    this.#part("words").textContent = `${words}: ${percent} %`;
    this.#part("bar").value = percent;
  }

  #failed(fault, page) {
    const stopped = fault.name === "AbortError";
    this.#part("stop").hidden = true;
    this.#part("words").textContent = stopped ? "Stopped. What came is kept." : "Not finished.";
    this.#part("problem").textContent =
      fault instanceof Refused ? fault.message : stopped ? "" : "The file could not be read. Choose it again.";
    if (stopped && page && this.#form.dataset.uploadBegin) {
      location.assign(page);
    }
  }

  // An ordinary form, so that the answer is a page as for everybody else.
  #finish(address) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    const token = document.createElement("input");
    token.type = "hidden";
    token.name = "csrf_token";
    token.value = this.#form.elements.csrf_token.value;
    form.append(token);
    document.body.append(form);
    form.submit();
  }
}

document.querySelectorAll("form[data-upload-begin], form[data-upload-resume]").forEach((form) => new Upload(form));

// Warns before the session ends and offers to stay. The server alone ends a session; this only tells.
// <body data-session-idle-seconds> is how long the session lasts from this page's arrival. Extending
// POSTs to the dialog's data-extend-url; any good answer starts the time anew. Pages open in other
// windows of the same session tell each other.

// More than the two minutes that the rule asks for, since timers of hidden pages run late.
const WARN_SECONDS = 150;
const TICK_MS = 1_000;

const dialog = document.getElementById("session-dialog");
const remaining = dialog.querySelector("[data-session-remaining]");
const problem = dialog.querySelector("[data-session-problem]");
const stay = dialog.querySelector("[data-session-extend]");
const again = dialog.querySelector("[data-session-again]");
const idle = Number(document.body.dataset.sessionIdleSeconds);
const windows = new BroadcastChannel("session");

let ends = 0;
let ended = false;

function restart() {
  ends = Date.now() + idle * 1_000;
  problem.textContent = "";
  dialog.close();
}

function inWords(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  return `${minutes}:${rest} minutes`;
}

function finish() {
  ended = true;
  dialog.dataset.ended = "";
  dialog.querySelector("h2").textContent = "You are signed out";
  dialog.querySelector("#session-text").textContent =
    "The session ended because nothing was sent for a while. Saved drafts are kept.";
  problem.textContent = "";
  stay.hidden = true;
  again.hidden = false;
  again.focus();
}

function tick() {
  const left = Math.ceil((ends - Date.now()) / 1_000);
  if (ended || left > WARN_SECONDS) {
    return;
  }
  if (!dialog.open) {
    dialog.showModal();
  }
  if (left <= 0) {
    finish();
  } else {
    remaining.textContent = inWords(left);
  }
}

async function extend() {
  try {
    const answer = await fetch(dialog.dataset.extendUrl, {
      method: "POST",
      headers: { "Accept": "application/json", "X-CSRFToken": dialog.dataset.csrfToken },
      redirect: "manual",
    });
    if (answer.ok) {
      restart();
      windows.postMessage("active");
    } else {
      finish();
    }
  } catch {
    problem.textContent = "The server did not answer. Try again.";
  }
}

stay.addEventListener("click", extend);
// Escape is a sign of life as good as the button; once the session is over there is nothing to go back to.
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (!ended) {
    extend();
  }
});
windows.addEventListener("message", () => !ended && restart());
document.addEventListener("visibilitychange", tick);

restart();
windows.postMessage("active");
setInterval(tick, TICK_MS);

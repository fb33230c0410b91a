// Loads a page again while something on it is still being made. The page has a link that does the
// same, so that nothing is lost without this. A page that nobody looks at asks for nothing.

const SECOND_MS = 1_000;
const waiting = document.querySelector("[data-refresh-seconds]");

function look() {
  if (document.visibilityState === "visible") {
    location.reload();
  } else {
    document.addEventListener("visibilitychange", look, { once: true });
  }
}

if (waiting) {
  setTimeout(look, Number(waiting.dataset.refreshSeconds) * SECOND_MS);
}

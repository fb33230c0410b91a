// A form is sent once. A second click while the first answer is on its way would file the same thing
// twice; the server refuses that too, but the officer should not have to read a refusal.
//
// Buttons get aria-disabled, not disabled: a disabled button would lose its name and value and the
// keyboard focus. Forms that answer with a download stay usable: mark them data-once="off".

const PATIENCE_MS = 15_000;

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[data-held]")) {
    button.removeAttribute("aria-disabled");
    delete button.dataset.held;
  }
}

function hold(form) {
  form.dataset.sent = "";
  for (const button of form.querySelectorAll("button:not([type=button]):not([aria-disabled])")) {
    button.setAttribute("aria-disabled", "true");
    button.dataset.held = "";
  }
  setTimeout(() => release(form), PATIENCE_MS);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.once === "off" || event.defaultPrevented) {
    return;
  }
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  hold(form);
});

// The back button may restore the page as it was left, with its buttons held.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(release);
});

// A page that answers with errors starts at their summary, as it does for a screen reader.
document.getElementById("error-summary")?.focus();

// Fills each <div class="cnnlib-answer"> that is still hidden with an answer box. It sends
// the event "cnnlib-answer" when an answer could be read, with its verdict, and when it
// is forgotten.
const SIGNS = { passed: "M2.5 9l4 4 7-10", "not yet": "M3 3l10 10m0-10L3 13" };

// the browser keeps the last answer that could be read, if it has room and may
const memory = (name) => {
  const key = `cnnlib ${location.pathname.replace(/\.html$/, "")} ${name}`;
  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };
  return {
    read: () => attempt(() => localStorage.getItem(key)),
    write: (typed) => attempt(() => localStorage.setItem(key, typed) ?? true),
    forget: () => attempt(() => localStorage.removeItem(key)),
  };
};

for (const box of document.querySelectorAll(".cnnlib-answer[hidden]")) {
  const check = JSON.parse(box.dataset.check);
  const kept = memory(check.name);
  box.innerHTML = `<label>Your answer <input autocomplete=off autocapitalize=off autocorrect=off spellcheck=false></label>
    <button type=button>Check</button><div role=status></div>
    <div class=cnnlib-kept hidden>Your last answer is kept in this browser, and nowhere else.
    <button type=button>Forget it</button></div>`;
  // many numbers want the whole width
  box.classList.toggle(
    "many",
    check.expected.some(([, values]) => values?.length > 3),
  );
  const [input, button, status, note, forget] =
    box.querySelectorAll("input, button, div");
  const write = (parent, words) =>
    words.split("`").forEach((part, i) => {
      const node = document.createElement(i % 2 ? "code" : "span");
      node.textContent = part;
      parent.append(node);
    });
  const say = (verdict, head, words, further) => {
    const said = document.createElement("div");
    const sign = `<svg viewBox="0 0 16 16" aria-hidden=true><path d="${SIGNS[verdict]}"/></svg>`;
    said.innerHTML = `<strong>${verdict ? sign : ""}<span></span></strong> `;
    said.querySelector("span").textContent = head;
    write(said, words);
    if (further) {
      const details = document.createElement("details");
      details.innerHTML = "<summary>One step further</summary>";
      write(details, further);
      said.append(details);
    }
    box.dataset.verdict = verdict;
    status.replaceChildren(...said.childNodes); // at once, to be announced once
  };
  // stands for "not written yet", which answer_box.css hides, until there is a verdict
  const prompt = () =>
    say("", `${check.name}:`, "type your answer, or write it in the cell and run it.");
  const tell = (verdict) =>
    box.dispatchEvent(
      new CustomEvent("cnnlib-answer", { bubbles: true, detail: { verdict } }),
    );
  const answered = () => {
    const [verdict, ...words] = reply(input.value, check);
    say(verdict, verdict && `${check.name}: ${verdict}.`, ...words);
    if (!verdict) return;
    note.hidden = !kept.write(input.value);
    tell(verdict);
  };
  button.onclick = answered;
  input.onkeydown = ({ key }) => {
    if (key === "Enter") answered();
  };
  // a key pressed on a button here is no command of JupyterLab, where x deletes a cell
  box.onkeydown = (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  };
  forget.onclick = () => {
    kept.forget();
    note.hidden = true;
    input.value = "";
    prompt();
    input.focus();
    tell("");
  };
  prompt();
  box.hidden = false;
  input.value = kept.read() ?? "";
  if (input.value) answered();
}

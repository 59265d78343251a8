// Fills each <div class="cnnlib-answer"> that is still hidden with an answer box.
for (const box of document.querySelectorAll(".cnnlib-answer[hidden]")) {
  const check = JSON.parse(box.dataset.check);
  box.innerHTML = `<label>Your answer <input autocomplete=off autocapitalize=off autocorrect=off spellcheck=false></label>
    <button type=button>Check</button><div role=status></div>`;
  const [input, button, status] = box.querySelectorAll("input, button, div");
  const write = (parent, words) =>
    words.split("`").forEach((part, i) => {
      const node = document.createElement(i % 2 ? "code" : "span");
      node.textContent = part;
      parent.append(node);
    });
  const say = (head, words, further) => {
    status.innerHTML = "<strong></strong> ";
    status.firstChild.textContent = head;
    write(status, words);
    if (!further) return;
    const details = document.createElement("details");
    details.innerHTML = "<summary>One step further</summary>";
    write(details, further);
    status.append(details);
  };
  const answered = () => {
    const [verdict, ...words] = reply(input.value, check);
    say(verdict && `${check.name}: ${verdict}.`, ...words);
  };
  // stands for "not written yet", which answer_box.css hides, until there is a verdict
  say(`${check.name}:`, "type your answer, or write it in the cell and run it.");
  button.onclick = answered;
  input.onkeydown = ({ key }) => {
    if (key === "Enter") answered();
  };
  box.hidden = false;
}

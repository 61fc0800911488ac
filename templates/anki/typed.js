/* Typed answers: words, numbers, code. */

function type() {
  const work = root.querySelector(".work") || root.insertBefore(element("div", "work"), root.querySelector(".hint"));
  if (isAnswer) return showTyped(work);
  const isLong = data.kind === "code";
  const field = document.createElement(isLong ? "textarea" : "input");
  field.className = "typed tappable";
  field.placeholder = words.your_answer;
  field.setAttribute("aria-label", words.your_answer);
  field.setAttribute("autocapitalize", "off");
  field.autocomplete = "off";
  field.spellcheck = false;
  if (root.dataset.kind === "number" && !/[-/]/.test(data.value) && !Object.keys(data.units).length) field.inputMode = "decimal";
  field.addEventListener("input", function () { state.text = field.value; keep(); });
  field.addEventListener("click", (event) => event.stopPropagation());
  field.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.isComposing && !isLong) {
      event.preventDefault();
      turn();
    }
    event.stopPropagation();
  });
  const line = element("div", "field");
  line.appendChild(field);
  if (data.unit) line.appendChild(element("span", "unit", data.unit));
  work.appendChild(line);
  keep();
  if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) field.focus({ preventScroll: true });
}

/* As Enter does in Anki's own field: desktop and AnkiDroid each have their way. */
function turn() {
  if (typeof window.pycmd === "function") window.pycmd("ans");
  else if (typeof window.showAnswer === "function") window.showAnswer();
  else document.activeElement.blur();
}

function showTyped(work) {
  const text = (state.text || "").trim();
  if (!text) return;
  const verdict = judged(state.text);
  if (verdict.isRight) {
    const label = work.querySelector(".right small");
    label.textContent = say("you_typed", { text: text });
    if (verdict.isOther) label.after(element("small", "", verdict.reason));
    return;
  }
  const row = element("li", "option " + (verdict.grade || "given"));
  row.appendChild(element("span", "mark", { close: "◐", wrong: "✗" }[verdict.grade] || "?"));
  const said = element("span", "text", text);
  const why = element("small", "", verdict.reason || words.compare);
  if (verdict.near) why.innerHTML = verdict.near;
  said.appendChild(why);
  row.appendChild(said);
  work.querySelector(".options").prepend(row);
}

/* What the rules say of it; without a grade where they cannot tell, which is left to the learner. */
function judged(typed) {
  try {
    const rules = window.quizgenJudge();
    const [grade, reason, values] = root.dataset.kind === "number"
      ? rules.judgeNumber(typed, data) : rules.judge(typed, data.accept, data.kind, data.close || []);
    const language = (root.lang || "en").toLowerCase().split("-")[0];
    const known = language === "en" ? reason : (rules.sentences[language] || {})[reason];
    return {
      grade: grade, isRight: grade === "exact" || grade === "accepted", isOther: grade === "accepted" && known,
      reason: fill(known || "", values), near: values && values.near !== undefined ? nearReason(values.near) : "",
    };
  } catch (error) {
    return { grade: "", reason: "" };
  }
}

/* What the author says of a near answer, as it stands among the reasons below. */
function nearReason(place) {
  const said = root.querySelectorAll(".reasons p")[place].cloneNode(true);
  said.querySelector("b").remove();
  return said.innerHTML;
}

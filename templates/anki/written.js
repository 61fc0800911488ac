/* Written answers, and what they are marked by. */

function write() {
  if (isAnswer) return showWritten();
  const work = root.insertBefore(element("div", "work"), root.querySelector(".hint"));
  const field = element("textarea", "typed tappable");
  field.rows = 4;
  field.placeholder = words.your_answer;
  field.setAttribute("aria-label", words.your_answer);
  field.addEventListener("input", function () { state.text = field.value; keep(); });
  field.addEventListener("click", (event) => event.stopPropagation());
  field.addEventListener("keydown", (event) => event.stopPropagation());
  work.appendChild(field);
  keep();
}

function showWritten() {
  const text = (state.text || "").trim();
  if (text) {
    const yours = element("div", "yours", text);
    yours.prepend(element("b", "", words.your_words));
    root.querySelector(".work").prepend(yours);
  }
  const rows = Array.from(root.querySelectorAll(".rubric > li"));
  if (!rows.length) return;
  const said = root.querySelector(".work .how");
  const asked = said.textContent;
  const buttons = rows.map((row) => {
    const points = Number(row.dataset.points);
    const made = button(row, () => {
      const isTicked = made.classList.toggle("filled");
      made.querySelector(".slot").textContent = isTicked ? "✓" : "";
      made.setAttribute("aria-pressed", isTicked);
      total();
    });
    made.points = points;
    made.setAttribute("aria-pressed", "false");
    return made;
  });

  function total() {
    const ticked = buttons.filter((one) => one.classList.contains("filled"));
    const sum = ticked.reduce((all, one) => all + one.points, 0);
    const shown = String(Math.round(sum * 100) / 100);
    said.textContent = ticked.length ? say("points_of", { points: shown, total: data.total }) : asked;
  }
}

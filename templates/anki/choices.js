/* Choices, and true or false. */

function choose() {
  const list = root.querySelector(".options");
  const rows = Array.from(list.children);
  const isMany = list.classList.contains("many");
  if (isAnswer) return showChosen(list, rows, isMany);
  state.order = drawn(rows);
  state.picks = [];
  put(list, rows, state.order);
  const buttons = rows.map((row, place) => button(row, () => pick(place)));
  state.order.forEach((place, shown) => {
    buttons[place].querySelector(".mark").textContent = shown + 1;
  });
  onDigit(rows.length, (shown) => pick(state.order[shown]));
  mark();

  function pick(place) {
    const was = state.picks.includes(place);
    state.picks = isMany ? state.picks.filter((one) => one !== place) : [];
    if (!was) state.picks.push(place);
    mark();
  }
  function mark() {
    buttons.forEach((one, place) => one.setAttribute("aria-pressed", state.picks.includes(place)));
    keep();
  }
}

function showChosen(list, rows, isMany) {
  const order = state.order && state.order.length === rows.length ? state.order : rows.map((_, i) => i);
  const picks = state.picks || [];
  const isRight = (row) => row.classList.contains("right");
  put(list, rows, order);
  order.forEach((place, shown) => {
    const row = rows[place];
    const isPicked = picks.includes(place);
    if (isRight(row)) {
      const key = isPicked ? "yours_right" : isMany && picks.length ? "missed" : "right_answer";
      row.querySelector("small").textContent = words[key];
      if (key === "missed") row.classList.add("missed");
    } else if (isPicked) {
      row.className = "option wrong";
      row.querySelector(".mark").textContent = "✗";
      row.querySelector(".text").appendChild(element("small", "", words.yours_wrong));
    } else {
      row.querySelector(".mark").textContent = shown + 1;
    }
  });
  if (isMany && picks.length) tell();
  rows.forEach((row) => { if (row.classList.contains("missed")) row.classList.remove("right"); });

  function tell() {
    const rights = rows.filter(isRight).length;
    const found = picks.filter((place) => isRight(rows[place])).length;
    const more = picks.length - found;
    let said = say("found", { right: found, rights: rights });
    if (more) said += ", " + say(more === 1 ? "too_many_one" : "too_many_many", { n: more });
    const points = (data.points[found] || [])[more];
    if (points !== undefined) said += ": " + say("points_of", { points: points, total: data.total });
    instead(said + ".");
  }
}

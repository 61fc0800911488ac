/* Orders. */

function arrange() {
  const list = root.querySelector(".things");
  const rows = Array.from(list.children);
  if (isAnswer) return showArranged(rows);
  const order = drawn(rows);
  put(list, rows, order);
  state.taken = [];
  const buttons = rows.map((row, place) => button(row, () => take(place)));
  onDigit(rows.length, (shown) => take(order[shown]));
  draw();

  function take(place) {
    const was = state.taken.includes(place);
    state.taken = state.taken.filter((one) => one !== place);
    if (!was) state.taken.push(place);
    draw();
  }
  function draw() {
    buttons.forEach((row, place) => {
      const number = state.taken.indexOf(place) + 1;
      row.querySelector(".slot").textContent = number || "";
      row.classList.toggle("filled", number > 0);
      row.setAttribute("aria-pressed", number > 0);
    });
    keep();
  }
}

function showArranged(rows) {
  const taken = state.taken || [];
  if (!taken.length) return;
  let count = 0;
  rows.forEach((row, place) => {
    const given = taken.indexOf(Number(row.dataset.thing));
    if (given === place) count += 1;
    row.classList.add(given === place ? "right" : "wrong");
    const said = given === place ? words.in_place : given < 0 ? words.left_blank : say("you_put", { place: given + 1 });
    row.querySelector(".text").appendChild(element("small", "", said));
  });
  instead(say("places_right", { right: count, all: rows.length }));
}

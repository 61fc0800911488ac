/* Pairs. */

function pair() {
  if (isAnswer) return showPairs();
  const bank = root.querySelector(".bank");
  const isShared = root.querySelector(".pairs").classList.contains("shared");
  const partners = Array.from(bank.children);
  const marks = partners.map((row) => row.querySelector(".mark").textContent);
  const order = drawn(partners);
  put(bank, partners, order);
  state.chosen = Array.from(root.querySelectorAll(".left"), () => null);
  state.texts = partners.map((row) => row.querySelector(".text").innerHTML);
  const lefts = Array.from(root.querySelectorAll(".left"), (row, place) => button(row, () => { turnTo(place); }));
  const rights = partners.map((row, place) => button(row, () => choosePartner(place)));
  order.forEach((place, shown) => { rights[place].querySelector(".mark").textContent = marks[shown]; });
  let inTurn = 0;
  onDigit(rights.length, (shown) => choosePartner(order[shown]));
  draw();

  function turnTo(place) {
    if (inTurn === place) state.chosen[place] = null;
    inTurn = place;
    draw();
  }
  function choosePartner(right) {
    if (inTurn < 0) return;
    if (!isShared) state.chosen = state.chosen.map((one) => (one === right ? null : one));
    state.chosen[inTurn] = right;
    const after = state.chosen.findIndex((one, place) => one === null && place > inTurn);
    inTurn = after >= 0 ? after : state.chosen.indexOf(null);
    draw();
  }
  function draw() {
    lefts.forEach((row, place) => {
      const right = state.chosen[place];
      const isTurn = place === inTurn;
      row.querySelector(".slot").textContent = right === null ? "" : rights[right].querySelector(".mark").textContent;
      row.classList.toggle("filled", right !== null);
      row.classList.toggle("turn", isTurn);
      const said = row.querySelector("small");
      if (said) said.remove();
      if (isTurn) row.appendChild(element("small", "", words.choose_below));
      if (isTurn) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
    });
    rights.forEach((row, place) => row.classList.toggle("used", !isShared && state.chosen.includes(place)));
    keep();
  }
}

function showPairs() {
  const pairs = Array.from(root.querySelectorAll(".pair"));
  const chosen = state.chosen || [];
  if (!chosen.some((one) => one !== null)) return;
  let count = 0;
  pairs.forEach((row, place) => {
    if (chosen[place] === Number(row.dataset.right)) { count += 1; return; }
    row.classList.add("wrong");
    row.querySelector(".mark").textContent = chosen[place] === null ? "○" : "✗";
    const said = element("small", "");
    if (chosen[place] === null) said.textContent = words.left_blank;
    else said.innerHTML = say("you_chose", { text: state.texts[chosen[place]] });
    row.appendChild(said);
  });
  instead(say("pairs_right", { right: count, all: pairs.length }));
}

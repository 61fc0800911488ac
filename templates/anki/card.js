(function () {
  "use strict";

  /* What outlives a card: desktop swaps cards inside one page, others load a page for each side.
     Only the state of the card in hand is kept, and only for its own back. */
  const page = window.quizgen || (window.quizgen = { state: null, press: null, listens: false });
  if (!page.listens) {
    page.listens = true;
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || !page.press) return;
      if (/^(input|textarea|select)$/i.test(event.target.tagName || "")) return;
      /* Anki's desktop keeps 1 to 4 for itself, but not with Alt, which may make other signs of them. */
      const digit = event.altKey ? String(event.code).replace(/^(?:Digit|Numpad)/, "") : event.key;
      if (/^[1-9]$/.test(digit) && page.press(Number(digit))) {
        event.preventDefault();
        event.stopPropagation();
      }
    }, true);
  }
  page.press = null;

  const root = document.querySelector(".qz");
  const words = hidden(".words");
  const data = hidden(".data");
  const isAnswer = root.dataset.side === "answer";
  const name = root.dataset.card + " " + root.dataset.item;
  const state = isAnswer ? recall() : { name: name };

  const kinds = {
    choice: choose, choices: choose, true_false: choose, entry: type, number: type,
    match: pair, order: arrange, open: write,
  };
  const play = kinds[root.dataset.kind];
  if (play) play();

  /* --- Parts ------------------------------------------------------------------------------- */

  function hidden(selector) {
    const found = root.querySelector(selector);
    const text = found ? found.textContent : "";
    return text ? JSON.parse(text) : {};
  }

  function say(key, values) {
    return fill(words[key], values);
  }

  function fill(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (_, place) => values[place]);
  }

  function keep() {
    page.state = state;
    try { sessionStorage.setItem("quizgen", JSON.stringify(state)); } catch (error) { /* not here */ }
  }

  function recall() {
    let found = page.state;
    try { found = JSON.parse(sessionStorage.getItem("quizgen")) || found; } catch (error) { /* not here */ }
    return found && found.name === name ? found : { name: name };
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* Fisher and Yates: each of the orders is as likely as any other. */
  function shuffle(things) {
    for (let i = things.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      const kept = things[i];
      things[i] = things[j];
      things[j] = kept;
    }
    return things;
  }

  /* The places of the rows in a new order: what is free changes places with what is free. */
  function drawn(rows) {
    const order = rows.map((_, place) => place);
    const free = order.filter((place) => rows[place].classList.contains("free"));
    const moved = shuffle(free.slice());
    free.forEach((place, k) => { order[place] = moved[k]; });
    return order;
  }

  function put(list, rows, order) {
    order.forEach((place) => list.appendChild(rows[place]));
  }

  /* A row as a button that screen readers, keyboards and thumbs know; iOS needs "tappable". */
  function button(row, press) {
    const made = element("button", row.className + " tappable");
    made.type = "button";
    while (row.firstChild) made.appendChild(row.firstChild);
    made.addEventListener("click", function (event) {
      event.stopPropagation();
      press();
    });
    if (row.tagName === "LI") {
      row.className = "";
      row.appendChild(made);
    } else {
      row.replaceWith(made);
    }
    return made;
  }

  function onDigit(count, press) {
    page.press = function (digit) {
      if (!root.isConnected || digit > count) return false;
      press(digit - 1);
      return true;
    };
  }

  function score(text) {
    root.querySelector(".work").before(element("p", "how score", text));
  }

  function instead(text) {
    const how = root.querySelector(".how");
    if (how) how.remove();
    score(text);
  }

  /* --- Choices, and true or false ---------------------------------------------------------- */

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

  /* --- Typed answers ----------------------------------------------------------------------- */

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

  /* --- Pairs ------------------------------------------------------------------------------- */

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

  /* --- Orders ------------------------------------------------------------------------------ */

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

  /* --- Written answers --------------------------------------------------------------------- */

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
})();

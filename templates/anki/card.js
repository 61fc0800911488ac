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

/* --- Parts --------------------------------------------------------------------------------- */

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

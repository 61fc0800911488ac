/* A typed answer to [grade, reason, values], by the rules of quizgen.core.judge and in their order.
   What other questions of the bank ask for, a card does not know. */

const LONGEST = 2000, MOST_MEMBERS = 50;
const EXACT = ["exact", "Right."];
const ANOTHER_WAY = ["accepted", "Right; this is another way to say it."];
const ANOTHER = ["wrong", "This is another answer than the one asked for."];
const LITTLE_WORDS = new Set("the a an of and in on at to for de du des la le der die das von".split(" "));

function judge(typed, accepted, kind, close) {
  if (!typed.trim()) return ["wrong", "Nothing was typed."];
  if ([typed, normalise(typed)].some((text) => Array.from(text).length > LONGEST))
    return ["wrong", "This is far longer than the answer."];
  if (kind === "code" || kind === "symbol") return exactly(typed, accepted, kind, close);
  const isMany = kind === "set" || kind === "list";
  if (isMany) accepted = wholeAnswers(accepted);
  return equal(typed, accepted, kind) || declaredClose(typed, close) ||
    (isMany ? judgeMembers(typed, accepted, kind === "list") : null) ||
    parsed(typed, accepted, kind) || byFolds(typed, accepted) || guarded(typed, accepted) ||
    slip(typed, accepted) || incomplete(typed, accepted, kind) || ANOTHER;
}

/* --- Equal -------------------------------------------------------------------------------------- */

function equal(typed, accepted, kind) {
  const given = normalise(typed);
  const alike = accepted.filter((answer) => normalise(answer) === given);
  if (!alike.length) return null;
  const number = kind === "number" ? sameNumber(typed, alike) : null; // small letters would turn MW into mW
  if (number && !isRight(number)) return number;
  return alike[0] === accepted[0] ? EXACT : ANOTHER_WAY;
}

function exactly(typed, accepted, kind, close) {
  const plain = kind === "code" ? normaliseCode : normaliseExactly;
  const given = plain(typed);
  const place = accepted.findIndex((answer) => plain(answer) === given);
  if (place >= 0) {
    const isSame = kind === "symbol" || accepted.some((answer, k) => k === place && answer.trim() === typed.trim());
    return place === 0 && isSame ? EXACT : ANOTHER_WAY;
  }
  const near = close.findIndex((answer) => plain(answer) === given);
  if (near >= 0) return ["close", "", { near: near }];
  if (accepted.some((answer) => caseFolded(plain(answer)) === caseFolded(given)))
    return ["wrong", "Capital and small letters count here."];
  return ["wrong", `The ${kind} differs.`];
}

function declaredClose(typed, close) {
  const near = close.length ? close.findIndex((answer) => folded(answer) === folded(typed)) : -1;
  return near >= 0 ? ["close", "", { near: near }] : null;
}

function parsed(typed, accepted, kind) {
  if (kind === "date") return judgeDate(typed, accepted);
  if (kind === "number") return sameNumber(typed, accepted) || ["wrong", "A number is asked for."];
  if (sameMeasure(typed, accepted)) return OTHER_NUMERALS;
  const date = judgeDate(typed, accepted);
  return date && isRight(date) ? date : null;
}

function byFolds(typed, accepted) {
  let given = normalise(typed), answers = accepted.map(normalise);
  const ways = (text) => [text, turnedRound(text), writtenOut(text)];
  let ours = ways(given), theirs = [].concat(...answers.map(ways));
  for (const [fold, reason] of FOLDS) {
    given = fold(given);
    [answers, ours, theirs] = [answers.map(fold), ours.map(fold), theirs.map(fold)];
    if (answers.includes(given)) return ["accepted", reason];
    if (ours.some((way) => theirs.includes(way))) return ANOTHER_WAY;
  }
  return null;
}

/* --- What no slip of the keyboard explains --------------------------------------------------------- */

const HEDGE = pattern(raw`\b(?:or|either)\b|(?!\d)\w\s*\/\s*(?!\d)\w`);
const NUMERAL = pattern(raw`(?<=\s|^|\^)-?\d+(?:[.,:\/]\d+)*|\d+|[零〇一二三四五六七八九十百千万亿]+`, "g");
const SIGN_BEHIND = pattern(raw`(?<=\w)[+\-]+(?=$|\s)`, "g");
const NEGATIONS = new Set("no not never none neither nor non without except unlike".split(" "));
const DIRECTIONS = new Set(("north south east west northern southern eastern western left right upper lower up down more " +
  "less before after above below last increase decrease rise fall import export minimum maximum bc bce ad ce inner outer").split(" "));
const NEGATING = [
  pattern(raw`^(?:un|in|im|il|ir|non|dis|anti|counter|de|mis)(?=\w{4})`),
  /^a(?=symmetr|typical|moral|theis|politic|sexual|social|synchron|periodic|biotic|septic)/,
];
const OPPOSITES = ("hyper hypo,endo exo,inter intra,micro macro,over under,pre post,im ex,in ex,in out,intro extra," +
  "multi uni,multi bi,uni bi,mono poly,mini maxi,pro anti").split(",").map((pair) => pair.split(" "));

function counted(things) {
  const counts = new Map();
  things.forEach((thing) => counts.set(thing, (counts.get(thing) || 0) + 1));
  return counts;
}
/* How often each thing stands in `ours` more often than in `theirs`. */
function without(ours, theirs) {
  const rest = Array.from(ours, ([thing, count]) => [thing, count - (theirs.get(thing) || 0)]);
  return new Map(rest.filter(([, count]) => count > 0));
}
const total = (counts) => Array.from(counts.values()).reduce((sum, count) => sum + count, 0);
const numerals = (text) => counted(text.match(NUMERAL) || []);

/* What two folded texts differ in, as a sentence; "" where nothing but letters. */
function difference(given, right) {
  if (without(numerals(given), numerals(right)).size)
    return numerals(right).size ? "The number differs." : "No number is asked for.";
  const signs = (text) => (text.match(SIGN_BEHIND) || []).join();
  if (signs(given) !== signs(right)) return "The sign differs.";
  const [ours, theirs] = [counted(given.split(" ")), counted(right.split(" "))];
  const [only, missing] = [[...without(ours, theirs).keys()], [...without(theirs, ours).keys()]];
  const isLetter = (word) => pattern(raw`^\p{L}$`).test(word);
  if (only.some(isLetter) && missing.some(isLetter)) return "The letter differs.";
  if ([...only, ...missing].some((word) => NEGATIONS.has(word))) return "It says the opposite: mind the negation.";
  if (only.some((a) => missing.some((b) => areOpposite(a, b)))) return "It says the opposite: mind how the word begins.";
  if (only.some((word) => DIRECTIONS.has(word))) return "It points another way: mind words such as north and south.";
  return ["and", "or"].every((word) => only.includes(word) || missing.includes(word)) ? 'Mind "and" and "or".' : "";
}

function areOpposite(a, b) {
  const begins = (one, other) => NEGATING.some((found) => found.test(one) && one.replace(found, "") === other) ||
    OPPOSITES.some(([left, right]) => one.startsWith(left) && other === right + one.slice(left.length));
  return begins(a, b) || begins(b, a);
}

function guarded(typed, accepted) {
  const hedges = (text) => HEDGE.test(normalise(text));
  if (hedges(typed) && !accepted.some(hedges)) return ["wrong", "Give one answer: of two, neither counts."];
  const found = accepted.map((answer) => difference(folded(typed), folded(answer)));
  return found.length && found.every(Boolean) ? ["wrong", found[0]] : null;
}

/* --- Close -------------------------------------------------------------------------------------- */

function slip(typed, accepted) {
  for (const given of [folded(typed), folded(turnedRound(normalise(typed)))]) {
    for (const right of accepted.map(folded)) {
      const [ours, theirs] = [numerals(given), numerals(right)];
      if (without(ours, theirs).size || without(theirs, ours).size || difference(given, right)) continue;
      const letters = Array.from(right).filter((sign) => pattern(raw`\p{L}`).test(sign)).length;
      const most = letters <= 4 ? 0 : letters <= 7 ? 1 : 2;
      const off = distance(Array.from(given), Array.from(right), most);
      if (off === 1 && most) return ["close", "Close: one letter differs from the answer."];
      if (off === 2 && most === 2) return ["close", "Close: two letters differ from the answer."];
    }
  }
  return null;
}

/* Letters left out, put in, exchanged with the next or with another; more than `most` is not counted. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], b.map((_, k) => k).concat(b.length)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

function incomplete(typed, accepted, kind) {
  const given = folded(typed).split(" ");
  const isWord = (word) => Array.from(word).length > 1 && pattern(raw`\p{L}`).test(word);
  if (kind !== "date" && !given.some(isWord)) return null;
  const telling = (words) => counted(words.filter((word) => !LITTLE_WORDS.has(word)));
  const ours = telling(given);
  for (const answer of accepted) {
    const right = folded(answer).split(" "), theirs = telling(right);
    if (!ours.size || !theirs.size || difference(folded(typed), folded(answer))) continue;
    const [more, less] = [total(without(ours, theirs)), total(without(theirs, ours))];
    if (!more && (less || given.length < right.length))
      return ["close", kind === "name" ? "Close: the full name is asked for." : "Close: more of the answer is asked for."];
    if (!more && kind === "name") return ["close", "Close: the names stand the other way round."];
    if (more && !less && more <= Math.min(3, total(theirs)))
      return ["close", "Close: the answer is in it, but there is more than is asked."];
  }
  return null;
}

/* --- Sets and lists, member by member ------------------------------------------------------------- */

const COMMA = pattern(raw`\s*[,、，](?:\s+|(?=[^\d\s])|$)\s*`);
const MEMBERS_END = /\s*[;；\n]\s*/;
const AND = /\s+(?:and|&|und|et|y)\s+/i;

/* Each a whole answer; where none of several holds a separator, they are the members of one. */
function wholeAnswers(accepted) {
  const isWhole = (answer) => MEMBERS_END.test(answer) || COMMA.test(answer);
  return accepted.length > 1 && !accepted.some(isWhole) ? [accepted.join("; ")] : accepted;
}

function judgeMembers(typed, accepted, isList) {
  const wholes = [].concat(...accepted.map((answer) => parted(answer, [])));
  const verdicts = [].concat(...wholes.map((members) =>
    parted(typed, members).map((given) => comparedMembers(given, members, isList))));
  return verdicts.length ? best(verdicts) : ANOTHER;
}

/* The ways to part a text into members: at its separators, and at each "and" as well. */
function parted(text, members) {
  text = text.trim().replace(/[^\S\n]+/g, " ");
  let parts = text.split(MEMBERS_END).filter(Boolean);
  if (parts.length === 1) parts = parts[0].split(COMMA).filter(Boolean);
  if (!parts.length || parts.length > MOST_MEMBERS) return [parts];
  const last = parts.pop().replace(/^(?:and|&|und|et|y)\s+/i, "");
  const withAnd = members.filter((member) => AND.test(member)).map(folded);
  const ways = [[...parts, last], [...parts, ...partedAtAnd(last, withAnd)]];
  if (!parts.length) {
    ways.push(last.split(/\s*[,、，/+]\s*/).filter(Boolean));
    if (members.length > 1 && !members.some((member) => member.includes(" "))) ways.push(last.split(" "));
  }
  const seen = new Set();
  return ways.filter((way) => !seen.has(way.join("\n")) && seen.add(way.join("\n")));
}

function partedAtAnd(text, withAnd) {
  const parts = text.split(AND), out = [];
  while (parts.length) {
    const joined = parts.length > 1 ? `${parts[0]} and ${parts[1]}` : "";
    const isOne = joined && withAnd.includes(folded(joined));
    out.push(isOne ? joined : parts[0]);
    parts.splice(0, isOne ? 2 : 1);
  }
  return out;
}

function comparedMembers(given, members, isList) {
  if (!given.length || given.length > MOST_MEMBERS) return ["wrong", "Type the members, with commas between them."];
  const places = [];
  let near = 0;
  for (const member of given) {
    const verdicts = members.map((right) => judge(member, [right], "text", []));
    const free = members.map((_, place) => place).filter((place) => !places.includes(place));
    const found = free.find((place) => isRight(verdicts[place]));
    if (found !== undefined) places.push(found);
    else if (free.some((place) => verdicts[place][0] === "close")) near += 1;
    else if (places.some((place) => isRight(verdicts[place]))) return ["wrong", "“{member}” is there twice.", { member: member }];
    else return ["wrong", "{right} of {all} are right so far, but “{member}” does not belong.",
      { right: places.length, all: members.length, member: member }];
  }
  const missing = members.length - places.length;
  if (near > missing) return ["wrong", "These are more than are asked for."];
  if (near) return ["close", "Close: {right} of {all} are right so far, and one is not yet.", { right: places.length, all: members.length }];
  if (isList && places.some((place, k) => k && place < places[k - 1]))
    return ["wrong", "The members are right, but the order is another."];
  if (missing) return ["close", "Close: {missing} of {all} are still missing.", { missing: missing, all: members.length }];
  return ["accepted", "Right; all are there."];
}

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
    parsed(typed, accepted, kind) || lastNameWithInitials(typed, accepted, kind) ||
    byFolds(typed, accepted) || nameWithMore(typed, accepted, kind) ||
    letterOrNumeral(typed, accepted) || guarded(typed, accepted) || slip(typed, accepted) ||
    incomplete(typed, accepted, kind) || almost(typed, accepted, kind) || ANOTHER;
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
  if (kind === "symbol" && accepted.some((answer) => retyped(plain(answer)) === retyped(given))) return ANOTHER_WAY;
  const near = close.findIndex((answer) => plain(answer) === given);
  if (near >= 0) return ["close", "", { near: near }];
  if (accepted.some((answer) => caseFolded(plain(answer)) === caseFolded(given)))
    return ["wrong", "Capital and small letters count here."];
  return almostExact(given, accepted.map(plain), kind) || ["wrong", `The ${kind} differs.`];
}

function declaredClose(typed, close) {
  const near = close.length ? close.findIndex((answer) => folded(answer) === folded(typed)) : -1;
  return near >= 0 ? ["close", "", { near: near }] : null;
}

function parsed(typed, accepted, kind) {
  if (kind === "date") return judgeDate(typed, accepted, true);
  if (kind === "number") return sameNumber(typed, accepted) || ["wrong", "A number is asked for."];
  if (sameMeasure(typed, accepted)) return OTHER_NUMERALS;
  const date = judgeDate(typed, accepted, false);
  return date && isRight(date) ? date : null;
}

function byFolds(typed, accepted) {
  let given = normalise(typed), answers = accepted.map(normalise);
  const ways = (text) => [text, turnedRound(text), writtenOut(text)];
  let ours = ways(given).concat(given.replace(pattern(raw`(?<=(?!\d)\w)-(?=(?!\d)\w)`), " and ")), theirs = [].concat(...answers.map(ways));
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
  "multi uni,multi bi,uni bi,mono poly,mini maxi,pro anti,ab ad,e im,de in").split(",").map((pair) => pair.split(" "));

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
  if (only.some((a) => missing.some((b) => endOtherwise(a, b)))) return "It is another word: mind how it ends.";
  if (only.some((word) => DIRECTIONS.has(word))) return "It points another way: mind words such as north and south.";
  return ["and", "or"].every((word) => only.includes(word) || missing.includes(word)) ? 'Mind "and" and "or".' : "";
}

function areOpposite(a, b) {
  const begins = (one, other) => NEGATING.some((found) => found.test(one) && one.replace(found, "") === other) ||
    OPPOSITES.some(([left, right]) => one.startsWith(left) && other === right + one.slice(left.length));
  return begins(a, b) || begins(b, a);
}

function endOtherwise(a, b) {
  const ends = (one, other) => [["ose", "ase"], ["er", "ee"]].some(([left, right]) =>
    one.endsWith(left) && other === one.slice(0, -left.length) + right);
  return ends(a, b) || ends(b, a);
}

function guarded(typed, accepted) {
  const hedges = (text) => HEDGE.test(normalise(text));
  if (hedges(typed) && !accepted.some(hedges)) return allRight(typed, accepted) ? ["close", "Close: each is right, but give one answer."] : ["wrong", "Give one answer: of two, neither counts."];
  const found = accepted.map((answer) => difference(folded(typed), folded(answer)));
  return found.length && found.every(Boolean) ? ["wrong", found[0]] : null;
}

/* --- Close -------------------------------------------------------------------------------------- */

function slip(typed, accepted) {
  const ways = [[folded(typed), folded], [folded(turnedRound(normalise(typed))), folded]];
  if (accepted.some((answer) => misspellsNumeral(typed, answer))) ways.push([spelt(typed), spelt]);
  for (const [given, form] of ways) {
    for (const answer of accepted) {
      const right = form(answer);
      if (!sameNumerals(given, right) || difference(given, right)) continue;
      const letters = Array.from(right).filter((sign) => pattern(raw`\p{L}`).test(sign)).length;
      const most = letters <= 4 ? 0 : letters <= 7 ? 1 : 2;
      const off = distance(Array.from(given), Array.from(right), most);
      if (off === 1 && most) return ["close", "Close: one letter differs from the answer."];
      if (off === 2 && most === 2) return ["close", "Close: two letters differ from the answer."];
    }
  }
  return null;
}

const isAmong = (ours, theirs) => without(ours, theirs).size === 0;
const sameNumerals = (a, b) => isAmong(numerals(a), numerals(b)) && isAmong(numerals(b), numerals(a));

/* Whether a numeral of the answer, in words, stands in what was typed as no numeral at all: "twelveth". */
function misspellsNumeral(typed, answer) {
  const [ours, theirs] = [numerals(folded(typed)), numerals(folded(answer))];
  const own = new Set(spelt(typed).split(" "));
  return isAmong(ours, theirs) && !isAmong(theirs, ours) &&
    spelt(answer).split(" ").every((word) => own.has(word) || roman(word) === null);
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
    const order = (words) => words.filter((word) => !LITTLE_WORDS.has(word)).join(" ");
    if (!more && order(given) === order(right)) return ["close", "Close: a small word differs."];
    if (!more && kind === "name") return ["close", "Close: the names stand the other way round."];
    if (!more && hasFreeOrder(answer)) return ["close", "Close: the order is another."];
    if (more && !less && more <= Math.min(3, total(theirs)))
      return ["close", "Close: the answer is in it, but there is more than is asked."];
  }
  return null;
}

/* --- Names with a title or their short form; and what is close without being a slip ----------------- */

const TITLE = pattern(raw`^(?:prof|professor|dr|doctor|sir|mr|king|queen|pope|emperor|empress|tsar|president)\b\.? `);
const SIDES = new Set("v from to of by over than before after versus".split(" "));
const [CYRILLIC, LATIN_ALIKE] = ["АВЕКМНОРСТХаеорсухіјѕ", "ABEKMHOPCTXaeopcyxijs"];
const alike = (text) => Array.from(text, (sign) => LATIN_ALIKE[CYRILLIC.indexOf(sign)] || sign).join("");
const withoutBlanks = (text) => text.replace(/ /g, "");

function nameWithMore(typed, accepted, kind) {
  const rights = new Set(accepted.map(folded)), given = normalise(typed);
  if (kind === "name" && TITLE.test(given) && rights.has(folded(given.replace(TITLE, ""))))
    return ["accepted", "Right; the title does not matter here."];
  const at = pattern(raw`^(?:in|on|at) (?=\w)`);
  if (kind === "place" && at.test(given) && rights.has(folded(given.replace(at, ""))))
    return ["accepted", "Right; the preposition does not matter here."];
  const found = /^(.+?) ?\(([^()]+)\)$/.exec(given);
  if (!found) return null;
  const pair = Array.from(new Set([folded(found[1]), folded(found[2])]));
  const right = pair.filter((name) => rights.has(name)), rest = pair.filter((name) => !rights.has(name));
  const isOther = (name) => right.every((full) => initials(full).includes(withoutBlanks(name)));
  return right.length && rest.every(isOther) ? ["accepted", "Right; the other name may stand in brackets."] : null;
}

/* A last name that is enough, with initials in front; an "A." is no article here. */
function lastNameWithInitials(typed, accepted, kind) {
  const words = (text) => withoutAccents(withoutPunctuation(normalise(text).replace(/\./g, ". "))).split(" ");
  const given = words(typed), front = given.slice(0, -1), last = given[front.length];
  if (kind !== "name" || !front.length || front.some((one) => Array.from(one).length > 1)) return null;
  const rights = accepted.map(words), isThere = (name) => rights.some((right) => right.join(" ") === name);
  if (isThere(given.join(" ")) || !isThere(last)) return null;
  const fits = (right) => right[right.length - 1] === last && front.length < right.length &&
    front.every((initial, i) => right[i].startsWith(initial));
  return rights.some(fits) ? ["accepted", "Right; the initials fit the name."]
    : ["close", "Close: the answer is in it, but there is more than is asked."];
}

function initials(text) {
  const words = text.split(" "), telling = words.filter((word) => !LITTLE_WORDS.has(word));
  return [words, telling].filter((some) => some.length > 1).map((some) => some.map((word) => Array.from(word)[0] || "").join(""));
}

function letterOrNumeral(typed, accepted) {
  const inDigits = (text) => folded(text).replace(pattern(raw`(?<= )x(?= |$)`, "g"), "10");
  return accepted.map(inDigits).includes(inDigits(typed)) ? ["close", "Close: an X and a 10 need not be the same here."] : null;
}

function allRight(typed, accepted) {
  const parts = normalise(typed).replace(/^either /, "").split(/\s+or\s+|\s*\/\s*/), rights = accepted.map(folded);
  return parts.length > 1 && parts.every((part) => rights.includes(folded(part)));
}

function almost(typed, accepted, kind) {
  const given = folded(typed), bare = withoutBlanks(given);
  for (const right of accepted.map(folded)) {
    if (Array.from(bare).length > 2 && initials(right).includes(bare)) return ["close", "Close: write it out."];
    if (kind === "name" && isShortened(typed, right)) return ["close", "Close: the full name is asked for."];
    if (folded(alike(normalise(typed))) === folded(alike(normalise(right)))) return ["close", "Close: a letter is from another alphabet."];
    if (kind === "term" && areSingularAndPlural(given, right)) return ["close", "Close: singular and plural are not the same."];
  }
  return null;
}

/* Whether its words in another order may mean the same. */
function hasFreeOrder(answer) {
  return pattern(raw`\p{L}`).test(answer) && !spelt(answer).split(" ").some((word) => SIDES.has(word)) && !parseDate(answer);
}

/* Whether all but the last name are initials: "C. Darwin". */
function isShortened(typed, right) {
  const names = right.split(" "), last = names.length - 1;
  return [typed, turnedRound(normalise(typed))].map((way) => folded(way).split(" ")).some((given) =>
    given.length === names.length && last > 0 && given[last] === names[last] &&
    given.every((one, k) => one === names[k] || one === Array.from(names[k])[0]));
}

function areSingularAndPlural(a, b) {
  const [short, long] = Array.from(a).length <= Array.from(b).length ? [a, b] : [b, a];
  return Array.from(short).length > 2 && pattern(raw`\p{L}$`).test(short) && !short.endsWith("s") && long === short + "s";
}

function almostExact(given, accepted, kind) {
  if (kind === "code") {
    const blanks = pattern(raw`(?<=\S)[ \t]+(?=(?!\w|\s).)|(?<=(?!\w|\s).)[ \t]+|(?<=\S[ \t])[ \t]+`, "gs");
    const tight = (code) => code.replace(blanks, "").replace(/;(?=\n|$)/g, "");
    return accepted.some((answer) => tight(answer) === tight(given)) ? ["close", "Close: mind spaces and semicolons."] : null;
  }
  if (accepted.includes(given.replace(/\.$/, ""))) return ["close", "Close: without the full stop."];
  return accepted.map(alike).includes(alike(given)) ? ["close", "Close: a letter is from another alphabet."] : null;
}

/* --- Sets and lists, member by member ------------------------------------------------------------- */

const COMMA = pattern(raw`\s*[,、，](?:\s+|(?=[^\d\s])|$)\s*`);
const MEMBERS_END = /\s*[;；\n]\s*/;
const AND_WORDS = "and|&|und|et|y|e|en|og|och|ja|ve|i|oraz|и|та|و|和|与|與|及|と";
const AND = /\s+(?:and|&|und|et|y)\s+/i;
const AND_OF_ALL = pattern(raw`\s+(?:${AND_WORDS})\s+|(?<=[\u3040-\u9fff])[和与與及と](?=[\u3040-\u9fff])|\s+و(?=\w)`, "i");
const LEADING_AND = pattern(raw`^(?:${AND_WORDS})\s+`, "i");
const ARROW = /\s*(?:[-=]>|[→⇒➔])\s*|\s+[-\u2010-\u2015]\s+/;
const HYPHEN = pattern(raw`(?<=(?!\d)\w)[\-\u2010-\u2015](?=(?!\d)\w)`);
const NUMBERED = pattern(raw`(?:^|[\s,;]+)(\d{1,2})[.)]\s*(?=(?!\d)\w)`);

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
  let parts = numberedMembers(text) || text.split(MEMBERS_END).filter(Boolean);
  for (const mark of [COMMA, ARROW]) if (parts.length === 1) parts = parts[0].split(mark).filter(Boolean);
  parts = parts.map((part) => part.replace(/^(?:and )?then\s+/i, ""));
  if (parts.length) parts.push(parts.pop().replace(LEADING_AND, ""));
  if (!parts.length || parts.length > MOST_MEMBERS) return [parts];
  const ways = [parts];
  for (const mark of [AND, AND_OF_ALL]) {
    const withAnd = members.filter((member) => mark.test(member)).map((member) => folded(member.split(mark).join(" and ")));
    ways.push([...parts.slice(0, -1), ...partedAtAnd(parts.slice(-1), mark, withAnd)]);
    if (withAnd.length) ways.push(partedAtAnd(parts, mark, withAnd));
  }
  if (parts.length === 1) ways.push(...partedTightly(parts[0], members));
  const seen = new Set();
  return ways.filter((way) => !seen.has(way.join("\n")) && seen.add(way.join("\n")));
}

/* "1. red 2. green" without its numbers; null where they do not count up. */
function numberedMembers(text) {
  const parts = text.split(NUMBERED), numbers = parts.filter((_, k) => k % 2);
  if (numbers.length < 2 || parts[0] || numbers.some((number, k) => number !== String(k + 1))) return null;
  return parts.filter((_, k) => k && k % 2 === 0).map((part) => part.replace(/^[ ,;\n]+|[ ,;\n]+$/g, ""));
}

function partedTightly(text, members) {
  const ways = [text.split(/\s*[,、，/+]\s*/).filter(Boolean)];
  if (members.length > 1 && !members.some((member) => member.includes(" "))) ways.push(text.split(" "));
  if (members.length && !members.some((member) => HYPHEN.test(member))) ways.push(text.split(HYPHEN));
  if (members.length && members.every((member) => /^[\u3040-\u9fff]$/.test(member))) ways.push(Array.from(text));
  const size = text.replace(pattern(raw`(?:±|\+\/-)\s*(?=\d)`), "");
  if (size !== text) ways.push(["-" + size, size]);
  return ways;
}

function partedAtAnd(strong, mark, withAnd) {
  const parts = [].concat(...strong.map((part) => part.split(mark))), out = [];
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
  let near = 0, again = "";
  for (const member of given) {
    const verdicts = members.map((right) => judge(member, [right], "text", []));
    const free = members.map((_, place) => place).filter((place) => !places.includes(place));
    const found = free.find((place) => isRight(verdicts[place]));
    if (found !== undefined) places.push(found);
    else if (free.some((place) => verdicts[place][0] === "close")) near += 1;
    else if (places.some((place) => isRight(verdicts[place]))) {
      if (isList || again) return ["wrong", "“{member}” is there twice.", { member: member }];
      again = member;
    }
    else return ["wrong", "{right} of {all} are right so far, but “{member}” does not belong.",
      { right: places.length, all: members.length, member: member }];
  }
  const missing = members.length - places.length;
  if (near > missing) return ["wrong", "These are more than are asked for."];
  if (near) return ["close", "Close: {right} of {all} are right so far, and one is not yet.", { right: places.length, all: members.length }];
  if (isList && places.some((place, k) => k && place < places[k - 1]))
    return ["wrong", "The members are right, but the order is another."];
  if (missing && pattern(raw`\d`).test(again)) return ["wrong", "“{member}” is there twice.", { member: again }];
  if (missing && again) return ["close", "Close: “{member}” is there twice, and {missing} of {all} are still missing.",
    { member: again, missing: missing, all: members.length }];
  if (missing) return ["close", "Close: {missing} of {all} are still missing.", { missing: missing, all: members.length }];
  return ["accepted", "Right; all are there."];
}

/* Written numbers, units and dates, as quizgen.core.quantity, core.measure and core.dates read them. */

/* --- Exact values ------------------------------------------------------------------------------- */

class Fraction {
  constructor(above, below) {
    const [ONE, ZERO] = [BigInt(1), BigInt(0)];
    [this.above, this.below] = [BigInt(above), BigInt(below === undefined ? ONE : below)];
    if (this.below < ZERO) [this.above, this.below] = [-this.above, -this.below];
  }
  /* Digits with a decimal point, or two whole numbers with a stroke between. */
  static read(text) {
    if (text.includes("/")) return new Fraction(...text.split("/"));
    const parts = text.split(".");
    const places = (parts[1] || "").length;
    return new Fraction(parts.join(""), "1" + "0".repeat(places));
  }
  plus(other) { return new Fraction(this.above * other.below + other.above * this.below, this.below * other.below); }
  minus(other) { return this.plus(new Fraction(-other.above, other.below)); }
  times(other) { return new Fraction(this.above * other.above, this.below * other.below); }
  over(other) { return new Fraction(this.above * other.below, this.below * other.above); }
  power(times) {
    const raised = (one) => one ** BigInt(Math.abs(times));
    return times < 0 ? new Fraction(raised(this.below), raised(this.above)) : new Fraction(raised(this.above), raised(this.below));
  }
  size() { return this.above < BigInt(0) ? new Fraction(-this.above, this.below) : this; }
  is(other) { return other !== null && this.above * other.below === other.above * this.below; }
  isAtMost(other) { return this.above * other.below <= other.above * this.below; }
}
const integer = (number) => new Fraction(number);

/* --- Numbers ------------------------------------------------------------------------------------ */

const MULTIPLES = new Map([["hundred", 1e2], ["dozen", 12], ["thousand", 1e3], ["k", 1e3], ["million", 1e6], ["mn", 1e6],
  ["mio", 1e6], ["billion", 1e9], ["bn", 1e9], ["trillion", 1e12], ["tn", 1e12], ["trn", 1e12], ["millions", 1e6],
  ["millionen", 1e6], ["millones", 1e6], ["milliard", 1e9], ["milliards", 1e9], ["milliarde", 1e9], ["milliarden", 1e9], ["mrd", 1e9],
  ["lakh", 1e5], ["lakhs", 1e5], ["crore", 1e7], ["crores", 1e7], ["тыс", 1e3], ["млн", 1e6], ["млрд", 1e9], ...CHINESE_SCALES]);
const CURRENCIES = new Map([].concat(...Object.entries({
  usd: "us$,$,usd,dollar,dollars,us dollars,us dollar", eur: "€,eur,euro,euros", gbp: "£,gbp,pounds",
  cny: "¥,yuan,rmb,cny",
}).map(([code, names]) => names.split(",").map((name) => [name, code]))));
const BOUNDS = ["about", "more", "less"];
const IN_FRONT = pattern("^(?:" +
  raw`(about|around|approximately|roughly|some|circa|ca\.|ca|c\.|~|≈)` +
  "|(more than|over|above|at least|upwards of|exceeding|>|≥)" +
  "|(less than|fewer than|nearly|almost|just under|under|below|up to|at most|<|≤)" +
  raw`)(?:\s+|(?<=[.~≈<>≥≤])|(?=\d))`, "i");
const BEHIND = pattern(raw`(?:(\s*\bor so)|(\s*\+|\s*\b(?:plus|(?:or|and) (?:more|over)))|(\s*\bor (?:less|fewer)))$`, "i");
const WITH_COMMAS = raw`[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?|[1-9]\d?(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?`;
const WITH_POINTS = raw`[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?!\d)(?:,\d+)?|\.\d{3},\d+)`;
const WITH_BLANKS = raw`[1-9]\d{0,2}(?:[ '\u2019]\d{3})+(?!\d)(?:[.,]\d+)?`;
const WRITTEN = pattern(`^(${WITH_COMMAS}|${WITH_BLANKS}|${WITH_POINTS}` + raw`|\d+(?:[.,]\d+)?|[.,]\d+)` +
  raw`(?:\s*(?:e|[x×*·]\s*10\s*\^\s*)([+\-]?\d{1,3})|\s*\^\s*(-?\d{1,2}))?`, "i");
const PARTS = new Map([["half", 2], ["halves", 2], ["third", 3], ["quarter", 4], ["fifth", 5], ["tenth", 10],
  ["thirds", 3], ["quarters", 4], ["fifths", 5], ["tenths", 10]]);
const SPELT = new Set([...NUMBER_WORDS, ...PARTS.keys()]);

/* The one number that the text is, or null: {value, unit, about, other}. `other` is the second reading
   of a lone separator before three digits. */
function parseNumber(text) {
  text = compatible(text);
  const lower = text.trim().toLowerCase();
  if (!pattern(raw`\d|^\s*${CHINESE}`).test(text) && !(lower.match(/[a-z]+/g) || []).some((word) => SPELT.has(word))) return null;
  text = plainDigits(text.trim().replace(/\.+$/, "").replace(/[\u2212\u2013\u2014\u2010\u2011]/g, "-"))
    .replace(pattern(raw`(?<=\d)[·\u066b](?=\d)(?!10\s*\^)`, "g"), ".").replace(/\u066c/g, ",")
    .replace(/\s+/g, " ").replace(/\$ /g, "$").replace(/\*\*/g, "^");
  if (!text || text.length > 200) return null;
  let bound = "", sign = "", currency = "";
  [bound, text] = bounded(text);
  [sign, text] = signed(text);
  [currency, text] = leadingCurrency(text);
  if (currency && !sign) [sign, text] = signed(text);
  const read = fraction(text) || inDigits(text) || inChinese(text) || inWords(text);
  if (!read) return null;
  let [scale, unit] = scaled(read[1]);
  const rest = unit.replace(pattern(raw`(?<=[A-Za-z)])(?:\^-?\d|[23]\b)|/\d`, "g"), "");
  if (pattern(raw`\d`).test(rest) || pattern(CHINESE).test(unit) || isAnotherNumber(unit)) return null;
  if (unit === "K" && currency) [scale, unit] = [scale * 1000, ""];
  unit = unit || currency;
  if (["%", "percent", "per cent", "pc"].includes(unit)) unit = "%";
  const factor = integer(sign === "-" ? -scale : scale);
  const other = otherReading(text);
  return { value: read[0].times(factor), unit: unit, about: bound, other: other && other.times(factor) };
}

function bounded(text) {
  const front = IN_FRONT.exec(text), found = front || BEHIND.exec(text);
  if (!found) return ["", text];
  const bound = BOUNDS[found.slice(1).findIndex((one) => one !== undefined)];
  return [bound, front ? text.slice(found[0].length) : text.slice(0, found.index)];
}

function signed(text) {
  if (/^[+-]./.test(text)) return [text[0], text.slice(1).trim()];
  return /^minus /i.test(text) ? ["-", text.slice(6).trim()] : ["", text];
}

function leadingCurrency(text) {
  const found = pattern(raw`^(?:(us\$|[$€£¥%])|(usd|eur|gbp|cny|rmb)\b)\s*(?=[\d.+\-])`, "i").exec(text);
  if (!found) return ["", text];
  const sign = (found[1] || found[2]).toLowerCase();
  return [CURRENCIES.get(sign) || sign, text.slice(found[0].length)];
}

function fraction(text) {
  const found = /^(?:(\d{1,9})\s+)?(\d{1,9})\s*\/\s*(\d{1,9})/.exec(text);
  if (!found || Number(found[3]) === 0) return null;
  return [integer(found[1] || 0).plus(new Fraction(found[2], found[3])), text.slice(found[0].length)];
}

function inDigits(text) {
  const found = WRITTEN.exec(text);
  if (!found) return null;
  const rest = text.slice(found[0].length);
  if (/^[.,'/]\d/.test(rest)) return null;
  const value = Fraction.read(pointed(found[1]));
  if (found[3]) return value.is(integer(0)) ? null : [value.power(Number(found[3])), rest];
  return [value.times(integer(10).power(Number(found[2] || 0))), rest];
}

function pointed(number) {
  number = number.replace(/[ '\u2019]/g, "");
  if (whole(WITH_COMMAS).test(number)) return number.replace(/,/g, "");
  if (whole(WITH_POINTS).test(number)) number = number.replace(/\./g, "");
  return number.replace(",", ".");
}

function otherReading(text) {
  const found = WRITTEN.exec(text);
  const lone = found && /^([1-9]\d{0,2})([.,])(\d{3})$/.exec(found[1]);
  if (!lone || found[2] || found[3]) return null;
  return Fraction.read(lone[2] === "," ? `${lone[1]}.${lone[3]}` : lone[1] + lone[3]);
}

function inChinese(text) {
  const found = pattern(`^${CHINESE}+`).exec(text), value = found ? chinese(found[0]) : null;
  return value === null ? null : [integer(value), text.slice(found[0].length)];
}

/* "three hundred and forty-six thousand", "one and a half million". */
function inWords(text) {
  const words = text.toLowerCase().split(/[ -]/);
  const after = (at) => words.slice(at).join(" ");
  if (words[0] === "half") return [new Fraction(1, 2), after(1).replace(/^an? /, "")];
  if ((words[0] === "a" || words[0] === "an") && PARTS.has(words[1])) return [new Fraction(1, PARTS.get(words[1])), after(2)];
  const read = cardinal(words, 0);
  if (!read) return null;
  let value = integer(read[0]), at = read[1];
  const half = words[at] === "and" && words[at + 1] === "a" && words.length >= at + 3 ? PARTS.get(words[at + 2]) : undefined;
  if (words[at] === "point") {
    let digits = "";
    for (at += 1; at < words.length; at += 1) {
      const one = cardinal([words[at]], 0);
      if (!one || one[0] > 9) break;
      digits += one[0];
    }
    if (!digits) return null;
    value = value.plus(Fraction.read("0." + digits));
  } else if (half) {
    value = value.plus(new Fraction(1, half));
    at += 3;
  } else if (PARTS.has(words[at])) {
    value = value.over(integer(PARTS.get(words[at])));
    at += 1;
  }
  return [value, after(at)];
}

function scaled(rest) {
  let scale = 1;
  const isKelvin = rest === " K";
  rest = rest.trim();
  for (let found; (found = pattern(raw`^(?:[万萬亿億]|(?:(?!_|\d)\w)+(?:-[a-z]+)*)`).exec(rest.toLowerCase()));) {
    if (!MULTIPLES.has(found[0]) || (found[0] === "k" && pattern(raw`^.\p{L}`).test(rest)) || isKelvin) break;
    scale *= MULTIPLES.get(found[0]);
    rest = rest.slice(found[0].length).replace(/^[ .]+/, "");
  }
  if (!Number.isSafeInteger(scale)) throw new Unsure();
  return [scale, CURRENCIES.get(rest.toLowerCase()) || rest.replace(/^of /, "").trim()];
}

function isAnotherNumber(unit) {
  if (parseDate(unit)) return true;
  const words = unit.toLowerCase().replace(/-/g, " ").split(" ");
  return words.some((word) => NUMBER_WORDS.has(word)) || ["or", "to", "plus", "minus", "point"].includes(words[0]);
}

/* --- Units -------------------------------------------------------------------------------------- */

const UNITS = new Map();
const known = (measures, rows) => Object.entries(rows).forEach(([factor, names]) =>
  names.split(", ").forEach((name) => UNITS.set(name, { measures: measures, factor: factor })));
known("length", { "1": "m, metre, metres, meter, meters", "1000": "km, kilometre, kilometres, kilometer, kilometers", "1/100": "cm, centimetre, centimetres, centimeter, centimeters", "1/1000": "mm, millimetre, millimetres, millimeter, millimeters", "1/1000000": "μm, um, micrometre, micrometres, micrometer, micrometers", "1/1000000000": "nm, nanometre, nanometres, nanometer, nanometers", "1609.344": "mi, mile, miles", "0.3048": "ft, foot, feet", "0.0254": "in, inch, inches" });
known("mass", { "1": "kg, kilo, kilos, kilogram, kilograms", "1/1000": "g, gram, grams", "1/1000000": "mg, milligram, milligrams", "1/1000000000": "μg, ug, mcg, microgram, micrograms", "1000": "t, tonne, tonnes", "0.45359237": "lb, lbs, pound, pounds" });
known("time", { "1": "s, sec, second, seconds", "1/1000": "ms, millisecond, milliseconds", "1/1000000": "μs, microsecond, microseconds", "60": "min, minute, minutes", "3600": "h, hr, hrs, hour, hours", "86400": "d, day, days", "604800": "week, weeks" });
known("length^2", { "10000": "ha, hectare, hectares" });
known("length^3", { "1/1000": "l, litre, litres, liter, liters", "1/1000000": "ml, millilitre, millilitres, milliliter, milliliters" });
known("length time^-1", { "5/18": "kmh, kph" });
known("time^-1", { "1": "hz, hertz", "1000": "khz, kilohertz" });
known("data", { "1": "byte, bytes", "1000": "kb, kilobyte, kilobytes", "1000000": "mb, megabyte, megabytes", "1000000000": "gb, gigabyte, gigabytes", "1000000000000": "tb, terabyte, terabytes", "1/8": "bit, bits", "125": "kbit, kilobit, kilobits", "125000": "mbit, megabit, megabits", "125000000": "gbit, gigabit, gigabits" });
known("share", { "1": "", "1/100": "%", "1/1000": "‰" });
known("temperature", { "1": "k, kelvin, kelvins" });
["usd", "eur", "gbp", "cny"].forEach((code) => known(code, { "1": code }));
["°c", "c", "celsius", "°celsius"].forEach((name) => UNITS.set(name, { measures: "temperature", factor: "1", zero: "273.15" }));
["°f", "f", "fahrenheit", "°fahrenheit"].forEach((name) => UNITS.set(name, { measures: "temperature", factor: "5/9", zero: "45967/180" }));

/* In small letters and without points; "Mb" are bits, "MB" are bytes. */
function unitName(unit) {
  const name = normalise(unit.trim().replace(/^([MGT])b(?=$|[/ ])/, "$1bit")).replace(pattern(raw`(?<=\w)\.`, "g"), "");
  return name.replace(pattern(raw`^deg(?:rees?)?\b ?`), "°").trim();
}
const isNoun = (word) => Array.from(word).length > 2 || !isAscii(word);

/* The unit of this name, or the product that it says ("m/s^2", "kg m^-3"); null if unknown. */
function knownUnit(name) {
  if (UNITS.has(name)) return read(UNITS.get(name));
  name = name.replace(pattern(raw`\b(?:square|sq) (\w+)`, "g"), "$1^2").replace(pattern(raw`\bcubic (\w+)`, "g"), "$1^3")
    .replace(pattern(raw`\s*(?:\bper\b|/)\s*`, "g"), "/");
  const one = pattern(raw`([/*·. ]?)((?:(?!_|\d)\w)+)(?:\^?(-?[1-9]))?`, "y");
  const measures = new Map();
  let factor = integer(1), at = 0;
  while (at < name.length) {
    one.lastIndex = at;
    const found = one.exec(name), unit = found && UNITS.get(found[2]);
    if (!unit || unit.zero || (at > 0) !== Boolean(found[1])) return null;
    const power = Number(found[3] || 1) * (found[1] === "/" ? -1 : 1);
    factor = factor.times(Fraction.read(unit.factor).power(power));
    for (const part of unit.measures.split(" ")) {
      const [measure, times] = part.split("^");
      measures.set(measure, (measures.get(measure) || 0) + Number(times || 1) * power);
    }
    at = one.lastIndex;
  }
  const named = Array.from(measures).filter(([, power]) => power).sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([measure, power]) => (power === 1 ? measure : `${measure}^${power}`));
  return { measures: named.join(" "), factor: factor, zero: integer(0) };
}
const read = (unit) => ({ measures: unit.measures, factor: Fraction.read(unit.factor), zero: Fraction.read(unit.zero || "0") });

/* The value in `unit`; null where its own is of another kind. A word that is no unit changes nothing. */
function inUnit(quantity, unit) {
  const own = unitName(quantity.unit), asked = unitName(unit);
  if (own === asked) return areMegaAndMilli(quantity.unit, unit) ? null : quantity.value;
  const ours = knownUnit(own), wanted = knownUnit(asked);
  if (own === "°" && wanted && !wanted.zero.is(integer(0))) return quantity.value;
  if (ours && wanted) {
    if (ours.measures !== wanted.measures) return null;
    return quantity.value.times(ours.factor).plus(ours.zero).minus(wanted.zero).over(wanted.factor);
  }
  return (!asked && !ours && isNoun(own)) || (!own && !wanted) ? quantity.value : null;
}

/* The number that the text is, or the sum that it names: "1 h 30 min", "an hour and a half". */
function readNumber(text) {
  const found = text.length > 60 ? null : whole(raw`(\w+) (\w+) and an? (half|quarter)`).exec(normalise(text));
  const number = found ? null : parseNumber(text);
  if (number || text.length > 60) return number;
  text = normalise(text);
  if (found) return parseNumber(`${/^an?$/.test(found[1]) ? "one" : found[1]} and a ${found[3]} ${found[2]}`);
  const parts = text.replace(pattern(raw`^an? (?=\w+$)`), "1 ").split(pattern(raw`(?<=(?!_|\d)\w)\.?,? ?(?:and )?(?=\d)`));
  return sumOf(parts.map(parseNumber));
}

/* The terms in the last one's unit, where each is in a smaller unit than the one before. */
function sumOf(terms) {
  const units = terms.map((term) => term && knownUnit(unitName(term.unit)));
  const isMeasured = (unit, k) => unit && ["time", "length", "mass"].includes(unit.measures) && unit.measures === units[0].measures &&
    (!k || (unit.factor.isAtMost(units[k - 1].factor) && !unit.factor.is(units[k - 1].factor)));
  if (!units.every(isMeasured)) return null;
  if (terms.some((term) => !integer(0).isAtMost(term.value) || term.about || (term.other && !term.other.is(integer(0))))) return null;
  const total = terms.reduce((sum, term, k) => sum.plus(term.value.times(units[k].factor)), integer(0));
  const last = terms.length - 1;
  return { value: total.over(units[last].factor), unit: terms[last].unit, about: "", other: null };
}

function areMegaAndMilli(typed, asked) {
  if (![2, 3].includes(typed.length) || isLower(typed)) return false;
  return ["Mm", "mM"].includes(typed[0] + asked[0]) && !["mm", "mi", "min", "ml"].includes(unitName(typed));
}
const isLower = (text) => text === text.toLowerCase() && text !== text.toUpperCase();

const UNSURE = ["close", "Close: the comma or point may part thousands or decimals; write it another way."];
const OTHER_NUMBER = ["wrong", "This is another number."];
const OTHER_NUMERALS = ["accepted", "Right; numbers may be written in other ways."];

/* The number that the card asks: {text, value, off, near, unit, units}; a missing unit is
   the item's own. `off` is the tolerance, `near` that for part of the points; either may be missing. */
function judgeNumber(typed, number) {
  if (number.value === undefined) number = fromItsRange(number);
  if (!typed.trim()) return ["wrong", "Nothing was typed."];
  const quantity = readNumber(typed);
  if (!quantity) return ["wrong", "A number is asked for."];
  const values = inItemUnit(quantity, number), value = Fraction.read(number.value);
  if (!values.length && !number.unit) return ["wrong", "The unit differs: no unit is asked for."];
  if (!values.length) return ["wrong", "The unit differs: {unit} is asked for.", { unit: number.unit }];
  if ([number.text, `${number.text} ${number.unit}`].map(normalise).includes(normalise(typed))) return ["exact", "Right."];
  if (values.some((one) => one.is(value))) return OTHER_NUMERALS;
  const isWithin = (off) => off && values.some((one) => one.minus(value).size().isAtMost(Fraction.read(off)));
  if (isWithin(number.off)) return ["accepted", "Right, within the tolerance."];
  if (isWithin(number.near)) return ["close", "Near, though not near enough for all of the points."];
  if (value.is(quantity.other) && ["", number.unit].includes(quantity.unit)) return UNSURE;
  return OTHER_NUMBER;
}

/* Notes of quizgen 0.1.0 say from where to where a number counts as right: {low, high, unit, units}. */
function fromItsRange(number) {
  const digits = (value) => value.toFixed(12);
  const units = {};
  Object.keys(number.units).forEach((unit) => { units[unit] = digits(number.units[unit]); });
  const [value, off] = [(number.low + number.high) / 2, (number.high - number.low) / 2];
  return { text: "", value: digits(value), off: digits(off * (1 + 1e-9)), unit: number.unit, units: units };
}

function inItemUnit(quantity, number) {
  const own = Object.keys(number.units).find((unit) => unitName(unit) === unitName(quantity.unit));
  if (own !== undefined) return [quantity.value.times(Fraction.read(number.units[own]))];
  const one = parseNumber("1 " + number.unit) || { value: integer(1), unit: number.unit };
  if (!quantity.unit) return [quantity.value, quantity.value.over(one.value)]
    .concat(one.unit === "K" ? [quantity.value.over(integer(1000))] : []);
  const value = inUnit(quantity, one.unit);
  return value ? [value.over(one.value)] : [];
}

/* The verdict where both are numbers; null where not. A Roman numeral counts as typed. */
function sameNumber(typed, accepted) {
  const given = readNumber(typed) || inRoman(typed);
  const rights = accepted.map(readNumber).filter(Boolean);
  if (!given || !rights.length) return null;
  const found = best(rights.map((right) => comparedNumber(given, right)));
  const isMore = found[1] === "The unit differs." && knownUnit(unitName(given.unit)) &&
    rights.some((right) => given.value.is(right.value)) && !rights.some((right) => right.unit);
  return isMore ? ["close", "Close: the answer is in it, but there is more than is asked."] : found;
}

function inRoman(text) {
  const value = roman(normalise(text));
  return value === null ? null : { value: integer(value), unit: "", about: "", other: null };
}

/* A K behind a space is kelvin, or where that does not fit a thousand. */
function comparedNumber(given, right) {
  const verdict = comparedAsRead(given, right);
  const isKelvin = (one) => unitName(one.unit) === "k";
  if (verdict[0] !== "wrong" || !(isKelvin(given) || isKelvin(right))) return verdict;
  const inThousands = (one) => (isKelvin(one) ? Object.assign({}, one, { value: one.value.times(integer(1000)), unit: "" }) : one);
  const other = comparedAsRead(inThousands(given), inThousands(right));
  return isRight(other) ? other : verdict;
}

function comparedAsRead(given, right) {
  if (unitName(given.unit) === "°" && unitName(right.unit) !== "°") given = Object.assign({}, given, { unit: "" });
  const value = inUnit(given, right.unit);
  const isNamedAlike = given.value.is(right.value);
  if (value && value.is(right.value)) return boundedAlike(given, right);
  if (!given.unit && knownUnit(unitName(right.unit)) && isNamedAlike)
    return ["close", "Close: the unit is missing ({unit}).", { unit: right.unit }];
  if (!value && isNamedAlike && [given, right].every((one) => !knownUnit(unitName(one.unit)) && isNoun(unitName(one.unit))))
    return ["close", "Close: the number is right, of {unit}.", { unit: right.unit }];
  if (!value) return ["wrong", "The unit differs."];
  return right.value.is(given.other) && unitName(given.unit) === unitName(right.unit) ? UNSURE : OTHER_NUMBER;
}

function boundedAlike(given, right) {
  if (!given.about || given.about === right.about || (right.about && given.about === "about")) return OTHER_NUMERALS;
  if (right.about === "" || right.about === "about")
    return ["close", "Close: give the number itself, without a word such as about."];
  return ["wrong", "It is on the other side of that number."];
}

function sameMeasure(typed, accepted) {
  const given = readNumber(typed) || inRoman(typed);
  return given !== null && accepted.map(readNumber).some((right) => right && isRight(comparedNumber(given, right)) &&
    (unitName(given.unit) === unitName(right.unit) || (knownUnit(unitName(given.unit)) && knownUnit(unitName(right.unit)))));
}

const isRight = (verdict) => verdict[0] === "exact" || verdict[0] === "accepted";
const GRADES = ["exact", "accepted", "close", "wrong"];
const best = (verdicts) => verdicts.reduce((a, b) => (GRADES.indexOf(b[0]) < GRADES.indexOf(a[0]) ? b : a));

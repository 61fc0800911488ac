/* One form for texts that mean the same, as quizgen.core.fold and core.numerals make it. */

/* What the rules here cannot decide as `core` would is left to the learner's own eyes. */
class Unsure extends Error {}

/* A pattern in which \w, \d and \b know the letters and digits of every script. Made at run time:
   a browser that does not know lookbehind then still runs the rest of the card. */
function pattern(source, flags) {
  const sign = "[\\p{L}\\p{N}_]";
  const edge = "(?:(?<=" + sign + ")(?!" + sign + ")|(?<!" + sign + ")(?=" + sign + "))";
  const read = source.replace(/\\b/g, edge).replace(/\\w/g, sign).replace(/\\d/g, "\\p{Nd}");
  return new RegExp(read, (flags || "") + "u");
}

const whole = (source, flags) => pattern("^(?:" + source + ")$", flags);
const raw = String.raw;

const SINGLE = /[\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\uff07\u02bc]/g;
const DOUBLE = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]/g;
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;
const FORMAT = pattern(raw`\p{Cf}`, "g");
const POWER = pattern(raw`(?<=[\p{L}\p{N}])\u207b?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+(?![\u207a\u207b])`, "g");
const RAISED = pattern(raw`(?<=\w|[)\]])[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+`, "g");
const MARKED_DIGITS = pattern(raw`_+(?=\d)|\^+(?=\d*[+\-](?:$|(?!\w|\().))`, "gs");
const IN_BRACES = pattern(raw`(?<=[_^])\{((?:(?!_)\w)+[+\-]?|[+\-]\d*)\}`, "g");
const VULGAR = pattern(raw`(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])`, "g");
const DIGITS_OF_ALL = pattern(raw`\d`, "g");
const isAscii = (text) => /^[\0-\x7f]*$/.test(text);

/* NFKC, but that 10² is 10^2 and 1½ is 1 1/2. */
function compatible(text) {
  if (isAscii(text)) return text;
  return text.replace(VULGAR, " ").replace(POWER, "^$&").normalize("NFKC").replace(/\u2044/g, "/");
}

function plainSigns(text) {
  return text.replace(FORMAT, "").replace(DASHES, "-").replace(SINGLE, "'").replace(DOUBLE, '"');
}

function caseFolded(text) {
  const one = (sign) => (sign === "ı" ? sign : sign.toUpperCase().toLowerCase());
  return Array.from(text, one).join("").replace(/ς/g, "σ");
}

/* Folding case can undo a normal form and the reverse; a few rounds always settle. */
function settled(text, step) {
  for (let round = 0; round < 4; round++) {
    const after = step(text);
    if (after === text) break;
    text = after;
  }
  return text;
}

const normalise = (text) => settled(text, (one) =>
  caseFolded(plainSigns(compatible(one))).replace(/\s+/g, " ").trim());

const normaliseExactly = (text) => settled(text, (one) =>
  plainSigns(compatible(one)).replace(/\s+/g, "").replace(/>=/g, "≥").replace(/<=/g, "≤")
    .replace(/!=/g, "≠").replace(/->/g, "→"));

const GREEK = new Map(("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau " +
  "upsilon phi chi psi omega").split(" ").map((name, place) => ["αβγδεζηθικλμνξοπρστυφχψω"[place], name]));

/* A symbol as one form for what a keyboard has no keys for: "H_2O", "Fe^3+", "x^{2}", the name of a Greek letter. */
function retyped(symbol) {
  const named = Array.from(GREEK).find(([, name]) => name === symbol.toLowerCase());
  let letter = named ? named[0] : symbol;
  if (named && /^[A-Z][a-z]*$/.test(symbol)) letter = letter.toUpperCase();
  return settled(letter.replace(/\u2206/g, "Δ").replace(/♯/g, "#"),
    (text) => text.replace(IN_BRACES, "$1").replace(MARKED_DIGITS, ""));
}

function normaliseCode(text) {
  const raised = text.replace(RAISED, (digits) => "^" + digits.normalize("NFKC"));
  const plain = raised.replace(/[\u201c\u201d]/g, '"').replace(/[\u2018\u2019]/g, "'").replace(DASHES, "-");
  return plain.replace(/\r\n/g, "\n").trim().split("\n").map((line) => line.replace(/\s+$/, "")).join("\n");
}

/* Every script's digits as 0 to 9: each script has its ten in a row. */
function plainDigits(text) {
  if (isAscii(text)) return text;
  return text.replace(DIGITS_OF_ALL, (sign) => {
    let before = 0;
    const at = sign.codePointAt(0);
    while (String.fromCodePoint(at - before - 1).search(DIGITS_OF_ALL) === 0) before += 1;
    return String(before % 10);
  });
}

/* --- Numerals as words, ordinals and Roman numerals --------------------------------------------- */

const numbered = (names, first, step) =>
  new Map(names.split(" ").map((name, place) => [name, first + place * step]));
const SMALL_NUMBERS = numbered("zero one two three four five six seven eight nine ten eleven twelve thirteen " +
  "fourteen fifteen sixteen seventeen eighteen nineteen", 0, 1);
const TENS = numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10);
const SCALES = new Map([["dozen", 12], ["thousand", 1e3], ["million", 1e6], ["billion", 1e9], ["trillion", 1e12]]);
const ORDINALS = numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
  "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth", 1, 1);
TENS.forEach((number, name) => ORDINALS.set(name.slice(0, -1) + "ieth", number));
const NUMBER_WORDS = new Set([...SMALL_NUMBERS.keys(), ...TENS.keys(), ...SCALES.keys(), "hundred"]);
const ROMAN = /^(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
const ROMAN_VALUES = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };
const ROMAN_WORDS = new Set("c cc cd d dc di dim l li m mc md mi mix ml mm xi".split(" "));

/* The whole number spelt from `at` on, and where it ends; null for no number. */
function cardinal(words, at) {
  const year = yearInHalves(words, at);
  if (year) return year;
  let total = 0, last = 0;
  for (let group = belowThousand(words, at); group; group = belowThousand(words, at)) {
    let end = group[1], scale = 1;
    while (SCALES.has(words[end])) scale *= SCALES.get(words[end++]);
    if (last && scale >= last) break;
    total += group[0] * scale;
    if (!Number.isSafeInteger(total)) throw new Unsure();
    last = scale;
    at = end;
    if (scale === 1) break;
    if (words[at] === "and" && belowThousand(words, at + 1)) at += 1;
  }
  return last ? [total, at] : null;
}

/* "nineteen eighty four", "twenty oh one"; the same half twice may as well be no year. */
function yearInHalves(words, at) {
  const century = belowHundred(words, at);
  if (!century || century[0] < 11 || century[0] > 20) return null;
  const isShort = words[century[1]] === "oh" || words[century[1]] === "o";
  const rest = belowHundred(words, century[1] + (isShort ? 1 : 0));
  if (!rest || (isShort ? rest[0] < 1 || rest[0] > 9 : rest[0] < 10 || rest[0] === century[0])) return null;
  const after = words[rest[1]];
  return after === "hundred" || SCALES.has(after) ? null : [century[0] * 100 + rest[0], rest[1]];
}

function belowThousand(words, at) {
  const word = words[at], after = words[at + 1];
  const isScale = (one) => one === "hundred" || SCALES.has(one);
  const tens = belowHundred(words, at);
  let value = 1;
  if ((word === "a" || word === "an") && isScale(after)) at += 1;
  else if (tens) [value, at] = tens;
  else if (!isScale(word)) return null;
  if (words[at] === "hundred") {
    value *= 100;
    at += 1;
    const more = belowHundred(words, words[at] === "and" ? at + 1 : at);
    if (more) return [value + more[0], more[1]];
  }
  return [value, at];
}

function belowHundred(words, at) {
  const word = words[at];
  if (TENS.has(word)) {
    const one = SMALL_NUMBERS.has(words[at + 1]) ? SMALL_NUMBERS.get(words[at + 1]) : 10;
    return one > 0 && one < 10 ? [TENS.get(word) + one, at + 2] : [TENS.get(word), at + 1];
  }
  return SMALL_NUMBERS.has(word) ? [SMALL_NUMBERS.get(word), at + 1] : null;
}

function ordinal(words, at) {
  const word = words[at], next = ORDINALS.get(words[at + 1]) || 10;
  const digits = /^(\d{1,9})(?:st|nd|rd|th)$/.exec(plainDigits(word));
  if (digits) return [Number(digits[1]), at + 1];
  if (ORDINALS.has(word)) return [ORDINALS.get(word), at + 1];
  if (TENS.has(word) && next < 10) return [TENS.get(word) + next, at + 2];
  const number = word.endsWith("th") ? roman(word.slice(0, -2)) : null;
  return number === null ? null : [number, at + 1];
}

function roman(word) {
  if (word.length > 15 || ROMAN_WORDS.has(word) || !ROMAN.test(word)) return null;
  const values = Array.from(word, (sign) => ROMAN_VALUES[sign]);
  return values.reduce((sum, value, place) => sum + (value < (values[place + 1] || 0) ? -value : value), 0);
}

const CHINESE_DIGITS = new Map(Array.from("〇一二三四五六七八九", (sign, value) => [sign, value]).concat([["零", 0], ["两", 2]]));
const CHINESE_UNITS = new Map([["十", 10], ["百", 100], ["千", 1000]]);
const CHINESE_SCALES = new Map([["万", 1e4], ["萬", 1e4], ["亿", 1e8], ["億", 1e8]]);
const CHINESE = raw`[〇一二三四五六七八九零两十百千万萬亿億]`;

/* "一九四九" and "一百四十"; null for other texts, and for two digits side by side. */
function chinese(text) {
  if (!pattern(`^${CHINESE}{1,30}$`).test(text)) return null;
  const signs = Array.from(text);
  if (signs.length !== 2 && signs.every((sign) => CHINESE_DIGITS.has(sign)))
    return safe(Number(signs.map((sign) => CHINESE_DIGITS.get(sign)).join("")));
  let total = 0, group = 0, digit = 0;
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at];
    if (CHINESE_DIGITS.has(sign)) {
      if (CHINESE_DIGITS.has(signs[at - 1]) && digit) return null;
      digit = CHINESE_DIGITS.get(sign);
      continue;
    }
    if (CHINESE_UNITS.has(sign)) group += (digit || 1) * CHINESE_UNITS.get(sign);
    else [total, group] = [CHINESE_SCALES.get(sign) === 1e4 ? total + (group + digit) * 1e4 : (total + group + digit) * 1e8, 0];
    digit = 0;
    safe(total + group);
  }
  return total + group + digit;
}
function safe(number) {
  if (!Number.isSafeInteger(number)) throw new Unsure();
  return number;
}

/* "the" before an ordinal goes; a lone word, a first letter or an X is no Roman numeral but a name. */
function withDigits(text) {
  const words = text.split(" "), out = [];
  for (let at = 0; at < words.length;) {
    const word = words[at];
    const place = ordinal(words, at);
    const found = place || (word === "a" || word === "an" ? null : cardinal(words, at));
    if (found) {
      if (place && out[out.length - 1] === "the") out.pop();
      out.push(String(found[0]));
      at = found[1];
      continue;
    }
    const isName = words.length === 1 || (at === 0 && Array.from(word).length === 1);
    const value = isName || word === "x" ? null : roman(word);
    out.push(value === null ? word : String(value));
    at += 1;
  }
  return out.join(" ");
}

/* --- Folds, each on normalised text, in the order in which they are tried ------------------------ */

const replacing = (...pairs) => {
  const known = pairs.map(([source, by]) => [pattern(source, "g"), by]);
  return (text) => known.reduce((read, [found, by]) => read.replace(found, by), text);
};
const shorter = (found) => found.slice(1);

const withShortForms = replacing(
  [raw`^(?:i think|i guess|it is|it's|maybe|perhaps|probably),? (?=\w)`, ""],
  [raw`\bwon't\b`, "will not"], [raw`\bcan(?:'t|not)\b`, "can not"], [raw`n't\b`, " not"],
  [raw`^(the )?st\b\.? (?=\w)`, "$1saint "], [raw`^(the )?mt\b\.? (?=\w)`, "$1mount "],
  [raw`(?<=\w) st\b\.?$`, " street"],
  [raw`\bn[or]\. (?=\w)|\bn[or]\.? ?(?=\d)`, "number "], [raw`\bart\b\.? (?=\d)`, "article "],
  [raw`(?<=\w )(?:vs|versus)\b\.?(?= )`, "v"], [raw`(?<=\w) ?♯`, " sharp"], [raw`(?<=\w) ?♭`, " flat"]);
const GREEK_ALONE = pattern(raw`(?<!\w)[α-ω](?!\w)`, "g");
const withoutShortForms = (text) => withShortForms(text).replace(GREEK_ALONE, (letter) => GREEK.get(letter) || letter);

const withoutSigns = replacing(
  ["&", " and "], [raw`(?<!\d)[.]|[.](?!\d)|'`, ""], [raw`(?![%.,\-#])\p{P}`, " "],
  [raw`(?<!\d),|,(?!\d)|(?<=\S)-(?=\w)|-(?!\d)`, " "], [raw`\s+`, " "]);
const withoutPunctuation = (text) => withoutSigns(text).trim() || text;

const withoutArticle = replacing([raw`^(?:the|an?) (?=\w)`, ""]);

const withOneSpelling = replacing(
  ["œ", "oe"], ["æ", "ae"],
  [raw`\b(arm|behavi|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|rum|sav|spl?end|tum|val|vap|vig)our`, "$1or"],
  [raw`\b(cent|fib|lust|meag|\w*(?:met|lit)|reconnoit|sab|somb|spect|theat)re(s?)\b`, "$1er$2"],
  [raw`\b(def|off|pret|lic)ence`, "$1ense"],
  [raw`(?<=\w{3})is(e|ed|es|ing|er|ers|ation|ations)\b`, "iz$1"],
  [raw`(?<=\w{2})ys(e|ed|es|ing)\b`, "yz$1"],
  [raw`\bprogramme`, "program"], [raw`\b(anal|catal|dial|mon|prol)ogue`, "$1og"], [raw`\bgrey`, "gray"],
  [raw`\b(trave|cance|labe|mode|signa|fue|leve)ll(ed|ing|er|ers)\b`, "$1l$2"],
  [raw`\baluminium`, "aluminum"], [raw`\bsulph`, "sulf"],
  [raw`(?<=[chkn])aem|(?<=an)aes(?=th)|(?<=p)aed|(?<=gyn)aec|(?<=arch)aeo`, shorter],
  [raw`\boes(?=trog|oph)|(?<=\bf)oet|(?<=diarrh)oe`, shorter],
  [raw`\bmanoeuvre`, "maneuver"], [raw`(?<=judg|ledg)ement`, "ment"], [raw`\bsceptic`, "skeptic"],
  [raw`\bmould`, "mold"], [raw`\bplough`, "plow"]);

const LATIN = new Map(("æae ðd øo þth đd ħh ıi ĸq łl ŋng œoe ŧt ƀb ƃb ɓb ƈc ƌd ƒf ƙk ƚl ƞn ƥp ƫt ƭt ƴy ƶz ǝe ǥg " +
  "ȝy ɇe ɉj ɍr ɏy əe ɛe ɔo ɖd ɗd ɣg ɩi ɨi ʃsh").split(" ").map((one) => [one[0], one.slice(1)]));
const MARK = pattern(raw`\p{Mn}`);
const MARK_OF_ALL = pattern(raw`(?![\u034f\ufe00-\ufe0f])\p{Script=Inherited}`);
const LATIN_LETTER = pattern(raw`\p{Script=Latin}`);

/* Latin letters without their accents, and ß, ø, æ, ł ... in plain letters; ё as е, Arabic without vowel marks. */
function withoutAccents(text) {
  if (isAscii(text)) return text;
  text = text.replace(/ё/g, "е").replace(/\u064a/g, "\u06cc").replace(/\u0643/g, "\u06a9").replace(/[\u0640\u064b-\u0652\u0670]/g, "");
  const out = [];
  for (const sign of text.normalize("NFD")) {
    const isOnLetter = MARK.test(sign) && out.length && isAscii(out[out.length - 1].slice(-1));
    if (isOnLetter && !MARK_OF_ALL.test(sign)) throw new Unsure();
    if (isOnLetter) continue;
    if (isAscii(sign) || !LATIN_LETTER.test(sign)) out.push(sign);
    else if (LATIN.has(sign)) out.push(LATIN.get(sign));
    else throw new Unsure();
  }
  return out.join("").normalize("NFC");
}

const withoutSpaces = replacing([raw`(?<!\d) | (?!\d)`, ""]);

const FOLDS = [
  [withoutShortForms, "Right; short forms count."],
  [withoutPunctuation, "Right; punctuation does not matter here."],
  [withoutArticle, "Right; the article does not matter here."],
  [withDigits, "Right; numerals may be written either way."],
  [withOneSpelling, "Right; British and American spellings both count."],
  [withoutAccents, "Right; accents do not matter here."],
  [withoutSpaces, "Right; spaces do not matter here."],
];

/* After every fold but that of spaces: for comparing words. */
const folded = (text) => FOLDS.slice(0, -1).reduce((read, [fold]) => fold(read), normalise(text));

/* As `folded`, but that its numerals stay as they are written. */
const spelt = (text) => FOLDS.slice(0, -1).reduce((read, [fold]) => (fold === withDigits ? read : fold(read)), normalise(text));

const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
const writtenOut = (text) => text.normalize("NFC").replace(/[äöüøå]/g, (sign) => UMLAUTS[sign]);

/* "Surname, Given" and "Gambia, The" as they read turned round at their one comma. */
function turnedRound(text) {
  const parts = text.split(",");
  return parts.length === 2 ? (parts[1].trim() + " " + parts[0].trim()).trim() : text;
}

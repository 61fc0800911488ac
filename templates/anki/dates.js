/* Written dates to what is known of them, as quizgen.core.dates reads them; 0 stands for not given. */

const MONTHS = new Map();
"january february march april may june july august september october november december".split(" ")
  .forEach((name, place) => { MONTHS.set(name, place + 1); MONTHS.set(name.slice(0, 3), place + 1); });
MONTHS.set("sept", 9);
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ERA_BEHIND = pattern(raw`(?<=[\d\s])\s*\b(?:(?<before>bce|bc|b\.c\.(?:e\.)?)|ce|ad|c\.e\.|a\.d\.)\s*$`);
const NAMED_MONTH = raw`(?<month>[a-z]{3,9})\.?`, NAMED_DAY = raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const NAMED_DATES = [
  raw`${NAMED_DAY}(?: of)? ${NAMED_MONTH},? (?<year>\d{1,4})`,
  raw`(?<day>\d{1,2})-${NAMED_MONTH}-(?<year>\d{4})`,
  raw`${NAMED_MONTH} (?:the )?${NAMED_DAY},? (?<year>\d{1,4})`,
  raw`${NAMED_MONTH},? (?:of )?(?<year>\d{4})`,
  raw`(?<year>\d{4}),? ${NAMED_MONTH}`,
  raw`${NAMED_DAY}(?: of)? ${NAMED_MONTH}`,
  raw`${NAMED_MONTH} (?:the )?${NAMED_DAY}`,
  NAMED_MONTH,
].map((source) => whole(source));
const YEAR_FIRST = [
  raw`(?<year>\d{4})-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?`,
  raw`(?<year>\d{4})[\/.](?<month>\d{1,2})[\/.](?<day>\d{1,2})`,
  raw`(?<month>\d{1,2})[\/.](?<year>\d{4})`,
  raw`(?<year>\d{4})年(?:(?<month>\d{1,2})月(?:(?<day>\d{1,2})日)?)?`,
].map((source) => whole(source));
const DAY_AND_MONTH = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+/;

const precision = (date) => [date.year, date.month, date.day].filter(Boolean).length;
const dayNumber = (date) => date.year * 372 + Math.max(date.month - 1, 0) * 31 + Math.max(date.day - 1, 0);
const sameDate = (a, b) => a.year === b.year && a.month === b.month && a.day === b.day && a.isAmbiguous === b.isAmbiguous;

function parseDate(text) {
  text = compatible(text);
  if (!pattern(raw`\d|[年月]`).test(text) && !namesMonth(text.toLowerCase())) return null;
  text = plainDate(text);
  if (!text || text.length > 60) return null;
  const [rest, isBefore] = withoutEra(text);
  const era = isBefore ? -1 : 1;
  if (/^\d{3,4}$/.test(rest) || (rest !== text && /^\d{1,4}$/.test(rest))) return validDate(era, rest);
  return numericDate(rest, era) || namedDate(rest, era);
}

/* "2012 to 2017", "1914-18", "March-May 2020", "1960s" or "8th century": {start, end}. */
function parseRange(text) {
  text = plainDate(text).replace(/^(?:from|between) /, "");
  if (text.length > 80) return null;
  const [rest, isBefore] = withoutEra(text);
  const named = namedRange(rest, isBefore);
  if (named) return named;
  const parts = rest.split(/\s*(?:-| to | until | and | till )\s*/);
  if (parts.length !== 2) return null;
  if (/^\d{4}$/.test(parts[0]) && /^\d{2}$/.test(parts[1])) parts[1] = parts[0].slice(0, 2) + parts[1];
  const era = rest === text ? "" : isBefore ? " bc" : " ad";
  let [start, end] = parts.map((part) => parseDate(/^\d+$/.test(part) ? part + era : part));
  if (!start || !end || start.isAmbiguous || end.isAmbiguous) return null;
  if (!start.year) start = { year: end.year, month: start.month, day: start.day, isAmbiguous: false };
  return dayNumber(start) <= dayNumber(end) ? { start: start, end: end } : null;
}

function saysEra(text) {
  return withoutEra(plainDate(text))[0] !== plainDate(text);
}

function plainDate(text) {
  text = plainDigits(compatible(text).trim().toLowerCase().replace(/[\u2212\u2013\u2014\u2010\u2011]/g, "-"));
  text = text.replace(pattern(`${CHINESE}+(?=[年月日])`, "g"), (found) => String(chinese(found) || found));
  text = text.replace(/\s+/g, " ").replace(/^(?:on |in |since )?(?:the )?(?:year )?/, "");
  return (text.endsWith("c.") ? text : text.replace(/\.+$/, "")).replace(WEEKDAY, "");
}

/* The text without its era, and whether that is the one before ours. */
function withoutEra(text) {
  const found = /[cde.]$/.test(text.trim()) ? ERA_BEHIND.exec(text) || ERA_BEHIND.exec(text + ".") : null;
  if (!found) return [text.replace(/^(?:ad|a\.d\.)\s*(?=\d)/, ""), false];
  return [text.slice(0, found.index).trim(), found.groups.before !== undefined];
}

function namedRange(text, isBefore) {
  const decade = /^(\d{3}0)'?s$/.exec(text);
  const century = /^(\d{1,2}) (?:century|cent\.?|c\.?)$/.exec(withDigits(text.replace(/-/g, " ")));
  if (!decade && !century) return null;
  const first = decade ? Number(decade[1]) : Number(century[1]) * 100 - 99;
  const last = first + (decade ? 9 : 99);
  const year = (number) => ({ year: number, month: 0, day: 0, isAmbiguous: false });
  return isBefore ? { start: year(-last), end: year(-first) } : { start: year(first), end: year(last) };
}

function numericDate(text, era) {
  for (const one of YEAR_FIRST) {
    const found = one.exec(text);
    if (found) return validDate(era, found.groups.year, found.groups.month, found.groups.day);
  }
  const found = DAY_AND_MONTH.exec(text);
  if (!found) return null;
  const either = [validDate(era, found[4], found[3], found[1]), validDate(era, found[4], found[1], found[3])].filter(Boolean);
  if (either.length === 2 && !sameDate(either[0], either[1])) return Object.assign(either[0], { isAmbiguous: true });
  return either[0] || null;
}

function namedDate(text, era) {
  if (!namesMonth(text)) return null;
  text = withDigits(text.replace(/\b(twenty|thirty)-(?=[a-z])/g, "$1 "));
  for (const one of NAMED_DATES) {
    const found = one.exec(text);
    if (found && MONTHS.has(found.groups.month))
      return validDate(era, found.groups.year, MONTHS.get(found.groups.month), found.groups.day);
  }
  return null;
}

function namesMonth(text) {
  return (text.match(/[a-z]+/g) || []).some((word) => MONTHS.has(word));
}

/* The date where there is such a day; 29 February only in years that have one. */
function validDate(era, ...parts) {
  if (parts.some((part) => part && !Number(part))) return null;
  const [year, month, day] = [0, 1, 2].map((place) => Number(parts[place] || 0));
  if (month > 12 || (day && !(month && day <= MONTH_DAYS[month - 1]))) return null;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2 && day === 29 && era > 0 && year && !isLeap) return null;
  return { year: year ? era * year : 0, month: month, day: day, isAmbiguous: false };
}

/* --- Whether two dates are the same --------------------------------------------------------------- */

const OTHER_DATE = ["wrong", "This is another date."];
const SAME_DATE = ["accepted", "Right; dates may be written in other ways."];
const SHORT_YEAR = ["close", "Close: write the year in full."];
const SAY_ERA = ["close", "Close: say whether it is BC."];
const FOREIGN_MONTHS = `
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
januar februar marz april mai juni juli august september oktober november dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь`;
const WEEKDAY_NAMES = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const unaccented = (text) => text.normalize("NFD").replace(pattern(raw`\p{Mn}`, "g"), "");

/* Each name of a month, and what is short for no other month, to its number. */
function foreignMonths() {
  const short = new Map(), full = new Map();
  for (const line of unaccented(FOREIGN_MONTHS).trim().split("\n")) line.split(" ").forEach((name, place) => {
    full.set(name, place);
    for (const length of [3, 4, 5]) {
      const known = short.get(name.slice(0, length));
      short.set(name.slice(0, length), known === undefined || known === place ? place : -1);
    }
  });
  return new Map([...Array.from(short).filter(([, place]) => place >= 0), ...full]);
}

/* The months in English, without the small words and ordinals of a date. */
function inEnglish(text) {
  const plain = unaccented(compatible(text).toLowerCase()), known = foreignMonths();
  const english = plain.replace(pattern(raw`(?:(?!_|\d)\w){3,}\.?`, "g"), (word) => {
    const place = known.get(word.replace(/\.+$/, ""));
    return place === undefined ? word : Array.from(MONTHS.keys()).filter((name) => name.length > 3 || name === "may")
      .find((name) => MONTHS.get(name) === place + 1);
  });
  if (english === plain) return text;
  return english.replace(pattern(raw`\b(?:le|el|il|am|den|de|del|di|года|год|г)\b\.? ?`, "g"), "")
    .replace(pattern(raw`(?<=\d)(?:er|re|o|a|\.)(?= )`, "g"), "").trim();
}

const isSpan = (date) => date !== null && date.start !== undefined;

function readDate(text, isDate, isForeign) {
  const plain = parseRange(text) || parseDate(text);
  if (plain || !isDate || text.length > 60) return plain;
  const english = isForeign ? inEnglish(text) : "";
  return (isForeign && (parseRange(english) || parseDate(english))) || yearInWords(text) || dayAndMonth(text);
}

function yearInWords(text) {
  text = normalise(text);
  const year = roman(text);
  if (year !== null && text.length > 3) return { year: year, month: 0, day: 0, isAmbiguous: false };
  return parseDate(withDigits(text.replace(/-/g, " ")));
}

/* "22/3"; any leap year lets each day of a year stand. */
function dayAndMonth(text) {
  const found = whole(raw`\d{1,2}([\/.\-])\d{1,2}`).exec(normalise(text).replace(/\.$/, ""));
  const date = found ? parseDate(found[0] + found[1] + "2000") : null;
  return date && Object.assign(date, { year: 0 });
}

function namesAnotherWeekday(typed, date) {
  const found = WEEKDAY.exec(normalise(typed));
  if (!found || precision(date) < 3 || date.year < 1583) return false;
  return WEEKDAY_NAMES[new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay()] !== found[0].slice(0, 3);
}

/* What may be said of a typed date; null where one of the two is none. */
function judgeDate(typed, accepted, isDate) {
  const isForeign = isDate && !accepted.some((one) => parseRange(one) || parseDate(one));
  const rights = accepted.map((one) => readDate(one, isDate, isForeign)).filter(Boolean);
  if (!rights.length) return null;
  const given = readDate(typed, isDate, isForeign) || bareYear(typed);
  if (isSpan(given)) return best(rights.map((right) => comparedSpan(given, right, typed)));
  const isShortYear = rights.some((right) => hasShortYear(typed, right));
  if (!given && rights.some((right) => !right.start && String(right.year) === normalise(typed))) return SAY_ERA;
  if (!given) return isShortYear ? SHORT_YEAR : null;
  const isShort = (right) => rights.some((other) => isShortFor(right, other));
  const verdicts = rights.map((right) => [comparedDate(given, right, saysEra(typed)), right])
    .filter(([verdict, right]) => isRight(verdict) || !isShort(right)).map(([verdict]) => verdict);
  const verdict = best(verdicts);
  if (isRight(verdict) && namesAnotherWeekday(typed, given)) return ["close", "Close: it was another day of the week."];
  return verdict[0] === "wrong" && isShortYear ? SHORT_YEAR : verdict;
}

function comparedSpan(given, right, typed) {
  if (right.start) {
    if (sameDate(given.start, right.start) && sameDate(given.end, right.end)) return SAME_DATE;
    const [first, last, from, to] = [right.start.year, right.end.year, given.start.year, given.end.year];
    if (!saysEra(typed) && from === -last && to === -first) return SAY_ERA;
    if (from === first - 1 && to === first + 8 && last === first + 99)
      return ["close", "Close: this may be a decade; name the century."];
  }
  return ["wrong", "These are other dates."];
}

/* "15/9/22" for a year of four digits. */
function hasShortYear(typed, right) {
  if (right.start || right.year < 1000) return false;
  const found = /^(.*?)'?(\d\d)$/.exec(normalise(typed));
  if (!found || pattern(raw`\d$`).test(found[1])) return false;
  const full = parseDate(found[1] + Math.floor(right.year / 100) + found[2]);
  return full !== null && comparedDate(full, right, false)[0] !== "wrong";
}

function isShortFor(short, full) {
  if (short.start || full.start || precision(short) >= precision(full)) return false;
  return ["year", "month", "day"].every((part) => !short[part] || short[part] === full[part]);
}

function bareYear(typed) {
  const digits = plainDigits(normalise(typed));
  return /^\d{1,2}$/.test(digits) ? { year: Number(digits), month: 0, day: 0, isAmbiguous: false } : null;
}

function comparedDate(given, right, isEraSaid) {
  if (right.start) {
    const isEnd = (sameDate(given, right.start) || sameDate(given, right.end)) && !given.isAmbiguous;
    return isEnd ? ["close", "Close: this is part of the time asked for."] : OTHER_DATE;
  }
  if (given.isAmbiguous && !right.isAmbiguous) {
    const isEither = given.year === right.year &&
      [given.month, given.day].sort().join() === [right.month, right.day].sort().join();
    return isEither ? ["close", "Close: day and month could be either way round; write the month as a word."] : OTHER_DATE;
  }
  if (!isEraSaid && right.year < 0 && given.year === -right.year && given.month === right.month)
    return SAY_ERA;
  const parts = ["year", "month", "day"];
  const both = parts.filter((part) => given[part] && right[part]);
  if (!both.length || both.some((part) => given[part] !== right[part])) return OTHER_DATE;
  if (parts.every((part) => Boolean(given[part]) === Boolean(right[part]))) return SAME_DATE;
  if (precision(given) < precision(right)) return ["close", "Close: the date is asked for more exactly."];
  return ["close", "Close: this says more of the date than is asked."];
}

import type { Found } from './reading.ts';
import { followsAny, type Token } from './tokens.ts';

const reached = [
  'when i am',
  "when i'm",
  'when im',
  'when i turn',
  'when i reach',
  'when i hit',
  'by the age of',
  'at the age of',
  'by age',
  'at age',
  'by the time i am',
  "by the time i'm",
  'by the time i turn',
  'until i am',
  "until i'm",
  'before i am',
  "before i'm",
  'before i turn',
  'before i hit',
  'i turn',
  'turning',
  'age',
  'at',
];
const present = [
  'i am currently',
  "i'm currently",
  'i am now',
  "i'm now",
  'i am',
  "i'm",
  'im',
  'aged',
  'currently',
  'now',
];
const born = ['i was born in', 'born in', 'born', 'birth year'];

/** Ages: "at 65", "when I'm 60", "I'm 40", "35 years old", "born in 1985". */
export function readAgeAt(tokens: readonly Token[], at: number): Found | null {
  const birth = followsAny(tokens, at, born);
  if (birth !== null) {
    const token = tokens[birth];
    if (token?.kind !== 'number' || !/^(?:19|20)\d\d$/.test(token.text)) return null;
    return {
      state: 'understood',
      next: birth + 1,
      meaning: { kind: 'birth-year', year: Number(token.text) },
    };
  }
  const later = followsAny(tokens, at, reached);
  if (later !== null) {
    const age = yearsAt(tokens, later);
    if (age)
      return { state: 'understood', next: age.next, meaning: { kind: 'age', years: age.years } };
  }
  const now = followsAny(tokens, at, present);
  const age = yearsAt(tokens, now ?? at);
  if (!age || (now === null && !age.old)) return null;
  return {
    state: 'understood',
    next: age.next,
    meaning: { kind: 'current-age', years: age.years },
  };
}

const notAnAge =
  /^(?:%|\/|k|m|bn|b|percent|per|pct|usd|dollars?|bucks|eur|euros?|thousand|million|hundred|grand|months?|weeks?|days?|shares?|units?|years?|yrs?|:|to|or|a|and|of|points?|each|every|monthly|weekly|yearly)$/;

/** A whole age from 10 to 110, with "years old" where it follows. */
function yearsAt(tokens: readonly Token[], at: number) {
  const token = tokens[at];
  if (token?.kind !== 'number' || !/^\d{2,3}$/.test(token.text)) return null;
  const years = Number(token.text);
  if (years < 10 || years > 110) return null;
  const old = followsAny(tokens, at + 1, [
    'years old',
    'yrs old',
    'year old',
    'yo',
    'y / o',
    '- year - old',
  ]);
  if (old !== null) return { years, next: old, old: true };
  const after = tokens[at + 1];
  if (after?.glued && after.kind !== 'sign') return null;
  if (after?.glued && /^[-/:%]$/.test(after.text)) return null;
  // "and" may go on counting ("40 and a half") or start a new thought ("40 and want").
  if (after && notAnAge.test(after.text) && after.text !== 'and') return null;
  return { years, next: at + 1, old: false };
}

import { cleanText } from './clean.ts';
import type { Span } from './reading.ts';
import type { Token } from './tokens.ts';

const MAX_PURPOSE = 40;
const MAX_WORDS = 5;

const leads = /^(?:towards?|for|buy|afford|fund|purchase)$/;
const articles = /^(?:a|an|the|my|our|his|her|their|your|some|buying|purchasing|getting)$/;
const stops =
  /^(?:by|for|towards?|in|at|before|within|until|till|and|but|with|adding|add|putting|put|saving|save|contributing|paying|on|around|when|then|so|that|which|i|we|to|from|starting|having|over|after|worth|costing|is|as|of|please|via|next|this|if|because|while|who|return|returns|growth|long|short|now)$/;

/** Words that name a purpose without "for" or "towards" before them. */
const known: readonly (readonly [RegExp, string])[] = [
  [/^emergency$/, 'emergency fund'],
  [/^retir(?:e|ing|ement|ed)$/, 'retirement'],
  [
    /^(?:house|home|flat|apartment|car|wedding|college|university|education|boat|sabbatical|renovation|holiday|vacation|tuition)$/,
    '',
  ],
];

/** What the money is for, in the person's own words: "house", "daughter's college"; null when not said. */
export function purposeOf(tokens: readonly Token[], taken: readonly Span[]): string | null {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word' || !leads.test(token.text)) continue;
    const words = wordsFrom(tokens, index + 1, taken);
    const purpose = words && tidy(words);
    if (purpose) return purpose;
  }
  for (const token of tokens) {
    const match = known.find(([pattern]) => pattern.test(token.text));
    if (match) return match[1] || token.text;
  }
  return null;
}

function wordsFrom(tokens: readonly Token[], at: number, taken: readonly Span[]): string {
  let next = at;
  while (articles.test(tokens[next]?.text ?? '')) next += 1;
  let words = '';
  for (let count = 0; count < MAX_WORDS; count += 1, next += 1) {
    const token = tokens[next];
    if (!token || inside(token, taken)) break;
    const joins = token.kind === 'sign' && token.glued && /^[-&']$/.test(token.text);
    if (!joins && (token.kind === 'sign' || stops.test(token.text))) break;
    if (token.text === 'maximum' || token.text === 'max') break;
    words += `${token.glued ? '' : ' '}${token.text}`;
  }
  return words;
}

function inside(token: Token, spans: readonly Span[]): boolean {
  return spans.some(({ start, end }) => token.start < end && token.end > start);
}

function tidy(words: string): string | null {
  const purpose = cleanText(words.replace(/[-&']+$/, ''), MAX_PURPOSE);
  if (
    /^(?:me|us|myself|it|sure|real|example|instance|free|rent|good|years?|months?|now)$/.test(
      purpose,
    )
  )
    return null;
  if (/^(?:retire|retiring)$/.test(purpose)) return 'retirement';
  return /\p{L}{2}/u.test(purpose) ? purpose : null;
}

const uncountable =
  /(?:retirement|college|university|school|education|tuition|savings|travel|travelling|freedom|independence|security|emergencies|childcare|health|healthcare|fun|christmas|money|land|furniture|[^s]s)$/;

/** A purpose as it stands in a sentence: "a house", "retirement", "your daughter's college". */
export function withArticle(purpose: string): string {
  if (/^\p{L}+'s? /u.test(purpose)) return `your ${purpose}`;
  if (uncountable.test(purpose)) return purpose;
  return `${/^[aeiou]/.test(purpose) && !/^(?:uni|eu|one)/.test(purpose) ? 'an' : 'a'} ${purpose}`;
}

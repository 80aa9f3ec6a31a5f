import { distance } from 'fastest-levenshtein';
import { type Match, matchPhrase, weightOf } from './intent-score.ts';
import { type WishKind, wishOf } from './intent-wish.ts';
import { assetAt } from './language/asset-names.ts';
import { cleanLines, cleanText, MAX_LIST } from './language/clean.ts';
import { phrasesOf } from './language/phrases.ts';
import { readQuantities } from './language/quantities.ts';
import { readGoal } from './language/read-goal.ts';
import { readHoldings } from './language/read-holdings.ts';
import { readWay } from './language/read-way.ts';
import { tokenize } from './language/tokens.ts';

export interface Routable {
  readonly name: string;
  readonly summary: string;
  readonly phrases: readonly string[];
}

/** Where a text leads: to a command with what is left of the text, or to the nearest three. */
export type Route =
  | { readonly kind: 'command'; readonly name: string; readonly args: string }
  | {
      readonly kind: 'nearest';
      readonly names: readonly string[];
      /** Set when it was understood, but is nothing that Keel does. */
      readonly order?: true;
    };

const THRESHOLD = 0.62;
const MARGIN = 0.06;
const MAX_QUESTION = 300;
const MAX_WORDS = 40;

/** Shown when nothing is near. */
const fallback = ['recommend', 'portfolio', 'help'];

/** A goal is recognised whatever the time: only the kind of thing matters here, not the date. */
const SOME_DAY = 0;

/**
 * Finds what a person asks for, by fixed rules: a command's name, words that read as holdings or as
 * a goal, then phrases with tolerance for endings and typing slips. A tie is never decided; the
 * nearest three are offered instead.
 */
export function routeText(raw: string, commands: readonly Routable[]): Route {
  const text = cleanText(raw, MAX_QUESTION);
  const words = wordsOf(text);
  const known = new Map(commands.map((command) => [command.name, command]));
  const scores = scoreAll(words, commands);
  const nearest: Route = { kind: 'nearest', names: nearestNames(scores, known) };
  if (words.length === 0) return nearest;
  const named = byName(text, words, known, scores);
  if (named) return named;
  const content = isQuestion(text, words) ? askedOf(text) : contentOf(raw, text, scores[0]);
  if (content === 'order') return { kind: 'nearest', names: present(orders, known), order: true };
  if (content !== null && known.has(content)) {
    return { kind: 'command', name: content, args: cleanLines(raw, MAX_LIST) };
  }
  const [best, second] = scores;
  if (!best || best.match.score < THRESHOLD) return nearest;
  if (second && best.match.score - second.match.score < MARGIN && best.match.score < 1) {
    return nearest;
  }
  // "Do not rebalance" must not lead to rebalancing.
  const refuses = words.some((word) => /^(?:don't|dont|not|never|no|stop|cancel)$/.test(word));
  const acts = /^(?:rebalance|forget|export)$/.test(best.name) && best.match.score < 1;
  if (refuses && acts) return nearest;
  return { kind: 'command', name: best.name, args: leftOver(text, words, best.match) };
}

/** Lower-case words and numbers; everything else only separates. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'/]*/gu) ?? []).slice(0, MAX_WORDS);
}

interface Scored {
  readonly name: string;
  readonly match: Match;
}

function scoreAll(words: readonly string[], commands: readonly Routable[]): Scored[] {
  return commands
    .map(({ name, phrases }) => {
      let match: Match = { score: 0, used: new Set() };
      for (const phrase of [name, ...phrases, ...(phrasesOf[name] ?? [])]) {
        const next = matchPhrase(wordsOf(phrase), words);
        if (next.score > match.score) match = next;
      }
      return { name, match };
    })
    .sort((a, b) => b.match.score - a.match.score || a.name.localeCompare(b.name, 'en'));
}

/** Commands that take the rest of the sentence whatever its length. */
const takesRest = /^(?:goal|holdings|why|backtest|stress|limits|views|method)$/;

/** "/recommend", "recommend", "goal 20k by 2030", "/recomend". */
function byName(
  text: string,
  words: readonly string[],
  known: ReadonlyMap<string, Routable>,
  scores: readonly Scored[],
): Route | null {
  const match = /^(\/?)([\p{L}-]+)(?:@[\w-]+)?(?:\s*[:,]?\s+|[:!?.]*$)(.*)$/u.exec(text);
  if (!match) return null;
  const [, slash, first, rest] = match;
  const name = first.toLowerCase();
  const args = rest.trim();
  if (!slash && name === 'why' && known.has('method') && /\b(?:method|this way)\b/i.test(args)) {
    return { kind: 'command', name: 'method', args };
  }
  if (known.has(name)) {
    const short = words.length <= 3 && (words.length === 1 || scores[0]?.name === name);
    const whole = takesRest.test(name) || short;
    return slash || whole ? { kind: 'command', name, args } : null;
  }
  // "Balance" is a word of its own, not a slip of "rebalance".
  if (!slash && (words.length > 1 || scores[0]?.match.score === 1)) return null;
  const close = [...known.keys()]
    .map((candidate) => ({ candidate, away: distance(candidate, name) }))
    .filter(({ candidate, away }) => away <= (candidate.length >= 6 ? 2 : 1))
    .sort((a, b) => a.away - b.away);
  const clear = close[0] && close[0].away < (close[1]?.away ?? Number.POSITIVE_INFINITY);
  if (!clear || (!slash && name.length < 4)) return null;
  return { kind: 'command', name: close[0].candidate, args };
}

/** "What is risk parity?" is about a way to choose; any other question is for the phrases. */
function askedOf(text: string): 'method' | null {
  const way = readWay(text);
  return way !== null && (way.way === null || way.plain) ? 'method' : null;
}

/** Single trades are not what Keel does; these come nearest. */
const orders = ['recommend', 'rebalance', 'holdings'];

/** What a statement is by its content: holdings, a goal, an order to trade, or nothing of these. */
function contentOf(
  raw: string,
  text: string,
  best: Scored | undefined,
): 'holdings' | 'goal' | WishKind | 'order' | null {
  if (best && best.match.score >= 0.9) return null;
  const wish = wishOf(text);
  if (wish !== null) return wish;
  const holdings = readHoldings(raw);
  const goal = readGoal(raw, { now: SOME_DAY });
  const dated = goal.kind === 'understood' && goal.goal.kind === 'by-date';
  const named =
    holdings.edits.some(({ kind }) => kind !== 'cash' && (kind !== 'clear' || !isOneWord(text))) ||
    holdings.questions.some(({ options }) => options.length > 0) ||
    (/\bcash\b/i.test(text) && holdings.edits.length > 0) ||
    (holdings.unknown.length > 0 &&
      /\d\s*(?:(?:shares?|units?)\b|(?:shares? (?:of )?)?[A-Z]{2,5}\b)/.test(text)) ||
    (holdings.problems.length > 0 && goal.kind !== 'understood' && namesAsset(text));
  if (named && !(dated && holdings.edits.length < 2)) {
    return /^(?:please )?(?:buy|sell|short|trade)\b/i.test(text) ? 'order' : 'holdings';
  }
  if (goal.kind === 'understood' || goal.kind === 'ambiguous') return 'goal';
  return saysMoney(raw) ? 'goal' : null;
}

function namesAsset(text: string): boolean {
  const tokens = tokenize(text);
  return tokens.some((_, at) => assetAt(tokens, at) !== null);
}

/** "No" answers a question that is no longer open; it does not empty a portfolio. */
function isOneWord(text: string): boolean {
  return !/\s/.test(text.trim());
}

/** Half a goal is still about a goal: an amount without its date, or one that is refused. */
function saysMoney(raw: string): boolean {
  return readQuantities(raw, { now: SOME_DAY }).readings.some(
    (reading) =>
      reading.state !== 'understood' || /^(?:amount|rate|age)$/.test(reading.meaning.kind),
  );
}

function isQuestion(text: string, words: readonly string[]): boolean {
  if (/^(?:can|could|may|might)$/.test(words[0]) && /^(?:i|we)$/.test(words[1] ?? '')) return false;
  return (
    text.endsWith('?') ||
    /^(?:why|what|whats|what's|how|hows|how's|should|is|are|am|do|does|did|when|which|who|where|was|will|would|can|could)$/.test(
      words[0],
    )
  );
}

/** The words that the phrase did not account for, as typed: "bonds" of "why bonds?". */
function leftOver(text: string, words: readonly string[], match: Match): string {
  const rest = words.filter((word, index) => !match.used.has(index) && weightOf(word) === 1);
  const lower = text.toLowerCase();
  return rest
    .map((word) => text.slice(lower.indexOf(word), lower.indexOf(word) + word.length))
    .join(' ');
}

function present(names: readonly string[], known: ReadonlyMap<string, Routable>): string[] {
  return names.filter((name) => known.has(name));
}

/** The three best, topped up with what most people want. */
function nearestNames(
  scores: readonly Scored[],
  known: ReadonlyMap<string, Routable>,
): readonly string[] {
  const scored = scores.filter(({ match }) => match.score >= 0.25).map(({ name }) => name);
  return [...new Set([...scored.slice(0, 3), ...present(fallback, known), ...known.keys()])].slice(
    0,
    3,
  );
}

import { assetOf } from '../catalogue.ts';
import { suggestAssets } from './asset-names.ts';
import { cleanLines, MAX_LIST } from './clean.ts';
import type { HoldingEdit, HoldingQuestion, HoldingsReading } from './holding-edit.ts';
import { type Item, itemsOf, type Verb } from './holding-items.ts';
import { mergeEdits, type Said } from './holding-merge.ts';
import { pair, type Target } from './holding-pairs.ts';
import { tokenize } from './tokens.ts';

export type {
  HoldingEdit,
  HoldingQuestion,
  HoldingsReading,
} from './holding-edit.ts';

type Quantity = Extract<Item, { kind: 'quantity' }>;

/** What is being put together while the items pass by. */
interface Draft {
  readonly said: Said[];
  readonly questions: HoldingQuestion[];
  readonly unknown: string[];
  readonly problems: string[];
}

/**
 * What someone says they hold: "12 SPY, 3.5 BTC, 4000 cash", "sold all my gold", "$5,000 in AGG",
 * "actually 15 SPY". Nothing is guessed: what is doubtful becomes a question, what is unknown is
 * named with suggestions, and what cannot be is a problem in a sentence.
 */
export function readHoldings(raw: string): HoldingsReading {
  if (raw.length > MAX_LIST) {
    return empty(['That is too long to read at once. Please send it as a CSV file.']);
  }
  const text = cleanLines(raw, MAX_LIST);
  const items = itemsOf(tokenize(text), text);
  const draft: Draft = { said: [], questions: [], unknown: [], problems: [] };
  for (const group of groupsOf(items)) readGroup(group.items, group.verb, draft);
  const merged = mergeEdits(draft.said);
  const unknown = [...new Set(draft.unknown)].slice(0, 20);
  return {
    edits: merged.edits,
    questions: [...draft.questions, ...merged.questions],
    unknown: unknown.map((word) => ({ text: word, suggestions: suggestAssets(word) })),
    problems: draft.problems,
    notes: merged.notes,
  };
}

function empty(problems: readonly string[]): HoldingsReading {
  return { edits: [], questions: [], unknown: [], problems, notes: [] };
}

interface Group {
  readonly verb: Verb | null;
  readonly items: readonly Item[];
}

/** Items between breaks, each with the verb that governs it; a verb holds until the next one. */
function groupsOf(items: readonly Item[]): Group[] {
  const groups: Group[] = [];
  let verb: Verb | null = null;
  let current: Item[] = [];
  const close = () => {
    if (current.length > 0) groups.push({ verb, items: current });
    current = [];
  };
  for (const item of items) {
    if (item.kind === 'break') close();
    else if (item.kind === 'verb') {
      // "12 more SPY": the verb stands inside its group.
      if (current.some(({ kind }) => kind === 'asset' || kind === 'cash')) close();
      verb = item.verb;
    } else current.push(item);
  }
  close();
  return groups;
}

function readGroup(items: readonly Item[], verb: Verb | null, draft: Draft): void {
  let quantity: Quantity | null = null;
  let target: Target | null = null;
  let all = false;
  let none = false;
  let share = false;
  let word: Extract<Item, { kind: 'word' }> | null = null;
  const put = (one: Quantity, of: Target) => {
    const paired = pair(one.money, one.text, of, verb ?? 'set');
    if ('edit' in paired) draft.said.push({ edit: paired.edit, explicit: verb !== null });
    else if ('question' in paired) draft.questions.push(paired.question);
    else draft.problems.push(paired.problem);
  };
  const leave = (of: Target) => {
    const gone = none || verb === 'remove' || verb === 'sell';
    if (gone) draft.said.push({ edit: removal(of), explicit: true });
    else if (!share) draft.questions.push(howMany(of));
  };
  for (const item of items) {
    if (item.kind === 'quantity') {
      if (target) put(item, target);
      else if (word) draft.unknown.push(word.text);
      else if (quantity) strayQuantity(quantity, draft, verb);
      quantity = target || word ? null : item;
      target = null;
      word = null;
    } else if (item.kind === 'asset' || item.kind === 'cash') {
      if (target) leave(target);
      target = item;
      if (quantity) {
        put(quantity, target);
        [quantity, target] = [null, null];
      }
    } else if (item.kind === 'all') all = true;
    else if (item.kind === 'none') none = true;
    else if (item.kind === 'percent') {
      share = true;
      draft.problems.push(`I need units or dollars, not a share such as “${item.text}”.`);
    } else if (item.kind === 'word') {
      if (quantity) {
        draft.unknown.push(item.text);
        quantity = null;
      } else if (item.shouted || looksMistyped(item.text)) word ??= item;
    }
  }
  if (target) leave(target);
  else if (quantity) strayQuantity(quantity, draft, verb);
  else if (word) draft.unknown.push(word.text);
  else if (none || (all && (verb === 'sell' || verb === 'remove'))) {
    const bare = items.every(({ kind }) => kind === 'all' || kind === 'none');
    // What is named beside it ("nothing but 500 cash") stays, so clearing comes first.
    if (bare) draft.said.unshift({ edit: { kind: 'clear' }, explicit: true });
  }
}

/** Money that belongs to nothing is cash; a bare number is asked about. */
function strayQuantity(quantity: Quantity, draft: Draft, verb: Verb | null): void {
  const { money, text } = quantity;
  if (money.currency !== null) {
    const paired = pair(money, text, { kind: 'cash' }, verb ?? 'set');
    if ('edit' in paired) draft.said.push({ edit: paired.edit, explicit: verb !== null });
    else if ('question' in paired) draft.questions.push(paired.question);
    else draft.problems.push(paired.problem);
    return;
  }
  const reason = money.number.state === 'bad' ? money.number.reason : null;
  draft.problems.push(
    reason ?? `I do not know what “${text}” is of. For example “${text} SPY” or “${text} cash”.`,
  );
}

function removal(target: Target): HoldingEdit {
  return target.kind === 'cash'
    ? { kind: 'cash', minor: 0, mode: 'set' }
    : { kind: 'remove', asset: target.symbol };
}

function howMany(target: Target): HoldingQuestion {
  if (target.kind === 'cash') {
    return { text: 'cash', question: 'How much cash do you have?', options: [] };
  }
  const name = assetOf(target.symbol)?.name ?? target.symbol;
  return {
    text: target.text,
    question: `How many units of ${target.symbol} (${name}) do you hold?`,
    options: [],
  };
}

/** A word without a quantity counts as a holding only when it is nearly one. */
function looksMistyped(text: string): boolean {
  return text.length >= 5 && suggestAssets(text).length > 0;
}

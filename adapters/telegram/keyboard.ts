import type { Action, Reply } from '../../bot/reply.ts';
import { oneLine } from './block-text.ts';
import { choices, limits } from './limits.ts';
import type { Line, Paragraph } from './rich.ts';

/** An inline keyboard as the Bot API takes it. */
export type Button =
  | { readonly text: string; readonly callback_data: string; readonly style?: Style }
  | { readonly text: string; readonly url: string; readonly style?: Style };
type Style = 'primary' | 'danger';
export type Keyboard = readonly (readonly Button[])[];

/** What stands above a select's options; pressing it does nothing but say so. */
export const headerData = 'choose';
const optionMark = '~';
const formMark = 'form:';

/** What a pressed button means, read back from its callback data. */
export type Pressed =
  | { readonly kind: 'button'; readonly token: string }
  | { readonly kind: 'select'; readonly token: string; readonly value: string }
  | { readonly kind: 'form'; readonly token: string; readonly form: string }
  | { readonly kind: 'header' };

export function readPressed(data: string): Pressed {
  if (data === headerData) return { kind: 'header' };
  const form = /^form:([a-z]+):(.+)$/s.exec(data);
  if (form !== null) return { kind: 'form', form: form[1], token: form[2] };
  const at = data.indexOf(optionMark);
  if (at < 0) return { kind: 'button', token: data };
  return { kind: 'select', token: data.slice(0, at), value: data.slice(at + 1) };
}

/** Actions as keyboards, each within a message's limit, and the lines that say what no button can. */
export function keyboardsOf(
  { actions }: Pick<Reply, 'actions'>,
  said: string,
): { readonly keyboards: readonly Keyboard[]; readonly notes: readonly Paragraph[] } {
  const rows: Button[][] = [];
  const notes: Line[] = [];
  const cut: Line[] = [];
  let simple: Button[] = [];
  const flush = () => {
    rows.push(...inRows(simple));
    simple = [];
  };
  const put = (button: Button) => {
    if (button.text.length > choices.buttonLabel) cut.push([{ text: `• ${button.text}` }]);
    simple.push({ ...button, text: shortened(button.text) });
  };
  for (const action of actions) {
    const label = labelOf(action.label);
    const style = action.style ? { style: action.style } : {};
    if (action.kind === 'choice') put({ text: label, callback_data: data(action.do), ...style });
    if (action.kind === 'form' && !action.shortcut) {
      put({ text: label, callback_data: data(`${formMark}${action.form}:${action.do}`), ...style });
    }
    if (action.kind === 'link') {
      if (opens(action.url)) put({ text: label, url: action.url, ...style });
      else notes.push([{ text: `${label}: ${oneLine(action.url)}` }]);
    }
    if (action.kind === 'select') {
      flush();
      notes.push(...optionNotes(action, said));
      if (label.length > choices.buttonLabel) cut.push([{ text: `• ${label}` }]);
      rows.push([{ text: `${shortened(label)} ▾`, callback_data: headerData }]);
      for (const option of action.options) {
        put({
          text: labelOf(option.label),
          callback_data: data(`${action.do}${optionMark}${option.value}`),
        });
      }
      flush();
    }
  }
  flush();
  return {
    keyboards: inMessages(rows),
    notes: [notes, cut.length === 0 ? [] : [[{ text: 'In full:' }], ...cut]]
      .filter((lines) => lines.length > 0)
      .map((lines) => ({ look: 'plain', lines })),
  };
}

/** What an option says beyond its label, unless the message has said it already. */
function optionNotes(action: Extract<Action, { kind: 'select' }>, said: string): Line[] {
  return action.options.flatMap(({ label, note }): Line[] => {
    if (note === undefined || note.trim() === '' || said.includes(oneLine(note))) return [];
    return [[{ text: `• ${oneLine(label)}: ${oneLine(note)}` }]];
  });
}

/** A button must have something to read. */
function labelOf(label: string): string {
  const text = oneLine(label).trim();
  return /[^\s\p{C}\p{Z}\p{M}\u2800\u3164\uffa0\u115f\u1160]/u.test(text) ? text : '…';
}

function shortened(text: string): string {
  if (text.length <= choices.buttonLabel) return text;
  return `${text
    .slice(0, choices.buttonLabel - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

/** @throws when it does not fit: tokens are 36 bytes, so values have 27 and form names 22 */
function data(text: string): string {
  if (Buffer.byteLength(text) <= limits.callbackBytes) return text;
  throw new Error(
    `A Telegram button holds ${limits.callbackBytes} bytes; "${text.slice(36)}" does not fit beside its token.`,
  );
}

/** Telegram refuses a whole message for an address that it would not open. */
function opens(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return false;
  return /^[^.]+(\.[^.]+)*\.[a-z][a-z0-9-]+$/i.test(parsed.hostname) && url.length <= 2_000;
}

/** Short buttons beside each other; with a long one among them, one below the other. */
function inRows(buttons: readonly Button[]): Button[][] {
  const short = buttons.every(({ text }) => text.length <= choices.shortLabel);
  const rows: Button[][] = [];
  let letters = 0;
  for (const button of buttons) {
    const size = button.text.length + 4;
    const row = rows.at(-1);
    const fits = letters + size <= choices.rowLetters && (row?.length ?? 0) < limits.buttonsPerRow;
    if (row && short && fits) {
      row.push(button);
      letters += size;
    } else {
      rows.push([button]);
      letters = size;
    }
  }
  return rows;
}

function inMessages(rows: readonly Button[][]): Keyboard[] {
  const keyboards: Button[][][] = [];
  let count = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (count + row.length > limits.buttonsPerMessage) {
      keyboards.push([]);
      count = 0;
    }
    keyboards.at(-1)!.push(row);
    count += row.length;
  }
  return keyboards;
}

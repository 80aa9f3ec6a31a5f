import type { types } from '@slack/bolt';
import type { Action } from '../../bot/reply.ts';
import { choices, limits } from './limits.ts';
import { inPieces, isBlank, type Line, oneLine, richText, shortened } from './rich.ts';
import { lettersOfBlock } from './words.ts';

/** What a pressed element means, read back from its action_id. */
export type Pressed =
  | { readonly kind: 'button'; readonly token: string }
  | { readonly kind: 'select'; readonly token: string }
  | { readonly kind: 'form'; readonly token: string; readonly form: string }
  | { readonly kind: 'link' };

/** null for an element that is none of ours. */
export function readPressed(actionId: string): Pressed | null {
  const match = /^\d{1,3}:(button|select|link|form\.([a-z-]+)):(.*)$/s.exec(actionId);
  if (match === null) return null;
  const [, kind, form, token] = match;
  if (kind === 'link') return { kind };
  if (kind === 'button' || kind === 'select') return { kind, token };
  return { kind: 'form', form, token };
}

/** "7~equity" is the eighth option, "equity": values may repeat within a list, Slack's may not. */
export function readOption(value: string): string {
  return value.replace(/^\d{1,3}~/, '');
}

/** Actions as blocks, in order, and the lines that say what no button can. */
export function actionBlocks(
  actions: readonly Action[],
  said: string,
): { readonly blocks: readonly types.KnownBlock[]; readonly notes: readonly types.KnownBlock[] } {
  const blocks: types.KnownBlock[] = [];
  const notes: Line[] = [];
  const cut: Line[] = [];
  let buttons: types.Button[] = [];
  let count = 0;
  const id = (what: string, token: string) => actionId(count++, what, token);
  const flush = () => {
    for (let at = 0; at < buttons.length; at += limits.actionsPerBlock) {
      blocks.push({ type: 'actions', elements: buttons.slice(at, at + limits.actionsPerBlock) });
    }
    buttons = [];
  };
  const named = (text: string, length: number): types.PlainTextElement => {
    if (text.length > Math.min(length, choices.buttonLabel)) cut.push([{ text: `• ${text}` }]);
    return plain(shortened(text, length));
  };
  for (const action of actions) {
    const label = labelOf(action.label);
    const style = action.style ? { style: action.style } : {};
    if (action.kind === 'select') {
      flush();
      if (action.options.length === 0) notes.push([{ text: `• ${label}` }]);
      notes.push(...optionNotes(action, said));
      blocks.push(...selectBlocks(action, label, named, id));
    } else if (action.kind === 'link') {
      if (opens(action.url)) {
        const text = named(label, limits.button.text);
        buttons.push({
          type: 'button',
          action_id: id('link', ''),
          text,
          url: action.url,
          ...style,
        });
      } else notes.push([{ text: `${label}: ${oneLine(action.url)}` }]);
    } else {
      const what = action.kind === 'form' ? `form.${action.form}` : 'button';
      const text = named(label, limits.button.text);
      buttons.push({ type: 'button', action_id: id(what, action.do), text, ...style });
    }
  }
  flush();
  const inFull: Line[] = cut.length === 0 ? [] : [[{ text: 'In full:' }], ...cut];
  const pieces = inPieces([...notes, ...inFull], choices.pieceLength);
  return { blocks, notes: pieces.map((piece) => richText(piece)) };
}

type Select = Extract<Action, { kind: 'select' }>;

/** All options in view where they are few, else a list that opens. */
function selectBlocks(
  { options, do: token }: Select,
  label: string,
  named: (text: string, length: number) => types.PlainTextElement,
  id: (what: string, token: string) => string,
): types.KnownBlock[] {
  const made = options.map((option, at): types.PlainTextOption => {
    const value = `${at}~${option.value}`;
    if (value.length > limits.option.value) throw tooLong(value);
    const note = oneLine(option.note ?? '').trim();
    const description =
      isBlank(note) || note.length > limits.option.description ? {} : { description: plain(note) };
    return { text: named(labelOf(option.label), limits.option.text), value, ...description };
  });
  if (made.length === 0) return [];
  if (made.length <= limits.radioOptions) {
    return [
      ...inPieces([[{ text: label, bold: true }]], choices.pieceLength).map((one) => richText(one)),
      {
        type: 'actions',
        elements: [{ type: 'radio_buttons', action_id: id('select', token), options: made }],
      },
    ];
  }
  return inLists(made).map((listed) => ({
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: id('select', token),
        placeholder: named(label, limits.selectPlaceholder),
        options: listed,
      },
    ],
  }));
}

/** Options in lists that each fit into a message with all their words. */
function inLists(options: readonly types.PlainTextOption[]): types.PlainTextOption[][] {
  const lists: types.PlainTextOption[][] = [];
  let letters = 0;
  for (const option of options) {
    const size = lettersOfBlock(option);
    const last = lists.at(-1);
    const fits = letters + size <= choices.listLength && last?.length !== limits.selectOptions;
    if (last !== undefined && fits) {
      last.push(option);
      letters += size;
    } else {
      lists.push([option]);
      letters = size;
    }
  }
  return lists;
}

/** What an option says that fits in no description, unless the message has said it already. */
function optionNotes({ options }: Select, said: string): Line[] {
  return options.flatMap(({ label, note = '' }): Line[] => {
    const text = oneLine(note).trim();
    if (text.length <= limits.option.description || said.includes(text)) return [];
    return [[{ text: `• ${oneLine(label)}: ${text}` }]];
  });
}

export function plain(text: string): types.PlainTextElement {
  // As it stands: ":100:" is no emoji here.
  return { type: 'plain_text', text, emoji: false };
}

/** A button must have something to read. */
function labelOf(label: string): string {
  const text = oneLine(label).trim();
  return isBlank(text) ? '…' : text;
}

/** @throws when it does not fit: tokens are 36 characters */
function actionId(at: number, what: string, token: string): string {
  const id = `${at}:${what}:${token}`;
  if (id.length > limits.actionId) throw tooLong(id);
  return id;
}

function tooLong(text: string): Error {
  return new Error(`"${text.slice(0, 20)}…" is too long for a Slack button.`);
}

/** Slack refuses a whole message for an address that it would not open. */
function opens(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return false;
  return url.length <= limits.button.url && !/\s/.test(url);
}

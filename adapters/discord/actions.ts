import {
  type APIButtonComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Action } from '../../bot/reply.ts';
import { actId, formId, optionValue } from './custom-id.ts';
import { choices, limits } from './limits.ts';
import type { Piece } from './pieces.ts';
import { isBlank, type Line, line, oneLine, shortLines } from './words.ts';

type Select = Extract<Action, { kind: 'select' }>;

const styles = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

/** Actions in their order: short buttons beside each other, menus and long labels by themselves. */
export function actionPieces(actions: readonly Action[]): Piece[] {
  const pieces: Piece[] = [];
  let beside: APIButtonComponent[] = [];
  const flush = () => {
    if (beside.length > 0) pieces.push(rowOf(beside));
    beside = [];
  };
  for (const action of actions) {
    if (action.kind === 'select') {
      flush();
      pieces.push(...selectPieces(action));
      continue;
    }
    const label = labelOf(action.label);
    const long = label.length > limits.buttonLabel;
    const button = buttonOf(action, long ? cut(label, choices.besideLabel) : label);
    if (button === null) {
      flush();
      const url = action.kind === 'link' ? action.url : '';
      pieces.push(note([line(`${label}: ${oneLine(url)}`)]));
    } else if (long) {
      flush();
      pieces.push({ kind: 'section', lines: shortLines(line(label)), button });
    } else {
      beside.push(button);
      if (beside.length === limits.buttonsPerRow) flush();
    }
  }
  flush();
  return pieces;
}

function rowOf(components: APIButtonComponent[]): Piece {
  return { kind: 'row', row: { type: ComponentType.ActionRow, components } };
}

function buttonOf(action: Exclude<Action, Select>, label: string): APIButtonComponent | null {
  const type = ComponentType.Button as const;
  if (action.kind === 'link') {
    if (!opens(action.url)) return null;
    return { type, style: ButtonStyle.Link, label, url: action.url };
  }
  const style = action.style === undefined ? ButtonStyle.Secondary : styles[action.style];
  const custom_id =
    action.kind === 'form'
      ? formId({ form: action.form, token: action.do, again: false })
      : actId(action.do);
  return { type, style, label, custom_id };
}

/** A menu, or several where there are more options than one holds; what is too long is said above. */
function selectPieces(action: Select): Piece[] {
  const label = labelOf(action.label);
  const notes: Line[] = [];
  if (label.length > limits.placeholder || action.options.length === 0) notes.push(line(label));
  const taken = new Set<string>();
  const options = action.options.map((option, nth): APISelectMenuOption => {
    const value = optionValue(option.value, nth, taken);
    taken.add(option.value);
    const name = labelOf(option.label);
    const said = option.note === undefined ? '' : oneLine(option.note).trim();
    const long = name.length > limits.optionLabel || said.length > limits.optionNote;
    if (long) notes.push(line(said === '' ? `• ${name}` : `• ${name}: ${said}`));
    return {
      label: cut(name, limits.optionLabel),
      value,
      ...(isBlank(said) ? {} : { description: cut(said, limits.optionNote) }),
    };
  });
  const pieces: Piece[] = notes.length === 0 ? [] : [note(notes)];
  for (let at = 0; at < options.length; at += limits.options) {
    pieces.push({
      kind: 'row',
      row: {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: actId(action.do, at / limits.options),
            placeholder: cut(label, limits.placeholder),
            options: options.slice(at, at + limits.options),
          },
        ],
      },
    });
  }
  return pieces;
}

function note(lines: readonly Line[]): Piece {
  const short = lines.flatMap(shortLines);
  return { kind: 'text', lines: short, tone: null, title: false, ofAction: true };
}

/** A button must have something to read. */
function labelOf(label: string): string {
  const text = oneLine(label).trim();
  return isBlank(text) ? '…' : text;
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

/** Discord refuses a whole message for an address that it would not open. */
function opens(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return false;
  return (
    /^[^.]+(\.[^.]+)*\.[a-z][a-z0-9-]+$/i.test(parsed.hostname) && url.length <= limits.buttonUrl
  );
}

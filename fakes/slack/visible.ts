import { fieldsOf, labelOf, optionsOf } from './form-state.ts';
import { eachObject } from './structure-rules.ts';
import type { Block, Json, World } from './world.ts';

/** What Slack's markup shows: no stars, links by their words, entities as characters. */
export function shownText(text: string): string {
  return text
    .replace(/<(?:[^>|]*)\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^>]*|mailto:[^>]*)>/g, '$1')
    .replace(/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/g, '$1')
    .replace(/(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])/g, '$1')
    .replace(/```\n?([\s\S]*?)```/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** What standard Markdown shows. */
function shownMarkdown(text: string): string {
  return text
    .replace(/^#{1,6} /gm, '')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, '$1');
}

function shownObject(object: unknown): string {
  if (typeof object === 'string') return object;
  const { type, text } = object as { readonly type?: string; readonly text: string };
  return type === 'mrkdwn' ? shownText(text) : text.replaceAll('&amp;', '&');
}

function richText(block: unknown): string {
  const words: string[] = [];
  eachObject(block, '', (object) => {
    if (object.type === 'text') words.push(String(object.text));
    if (object.type === 'link') words.push(String(object.text ?? object.url));
    if (object.type === 'emoji') words.push(`:${String(object.name)}:`);
    if (object.type === 'user') words.push(`@${String(object.user_id)}`);
    if (/^rich_text_(section|list|quote|preformatted)$/.test(String(object.type))) words.push('\n');
  });
  return words.join('').trim();
}

export const cellText = (cell: Json): string =>
  cell.type === 'rich_text' ? richText(cell) : String(cell.text ?? cell.value ?? '');

/** All that a person reads in a block, but for buttons and options. */
export function wordsOf(block: Json): string[] {
  const texts = (...fields: unknown[]) =>
    fields.filter((one) => one !== undefined).map(shownObject);
  const inside = (name: string) => ((block[name] ?? []) as Json[]).flatMap(wordsOf);
  if (block.type === 'markdown') return [shownMarkdown(String(block.text))];
  if (block.type === 'mrkdwn' || block.type === 'plain_text') return [shownObject(block)];
  if (block.type === 'section') {
    return texts(block.text, ...((block.fields ?? []) as Json[]));
  }
  if (block.type === 'table' || block.type === 'data_table') {
    const rows = (block.rows ?? []) as Json[][];
    return [
      ...texts(block.caption),
      ...rows.map((row) => row.map((cell) => cellText(cell)).join(' · ')),
    ];
  }
  if (block.type === 'image') return texts(block.title, block.alt_text);
  if (block.type === 'rich_text') return [richText(block)];
  if (block.type === 'input') return texts(block.label, block.hint);
  if (block.type === 'data_visualization') {
    const chart: string[] = [];
    eachObject(block.chart, '', (object) => {
      const { label, name, value } = object;
      const shown = [name, label, value].filter((one) => one !== undefined).join(' ');
      if (shown !== '') chart.push(shown);
    });
    return [String(block.title), ...chart];
  }
  if (block.type === 'card') return texts(block.title, block.subtitle, block.body, block.subtext);
  if (block.type === 'container') {
    return [...texts(block.title, block.subtitle), ...inside('child_blocks')];
  }
  if (block.type === 'context' || block.type === 'carousel') return inside('elements');
  return texts(block.text);
}

/** A thing that can be pressed or chosen. */
export interface Pressable {
  readonly label: string;
  readonly block: Block;
  readonly element: Json & { readonly type: string; readonly action_id: string };
  /** Of a menu or a group of choices. */
  readonly option?: Json;
  readonly url?: string;
}

export function pressables(blocks: readonly Block[]): Pressable[] {
  return fieldsOf(blocks)
    .filter(({ block }) => block.type !== 'input')
    .flatMap(({ block, element }): Pressable[] => {
      if (element.text !== undefined) {
        const url = element.url === undefined ? {} : { url: String(element.url) };
        return [{ label: shownObject(element.text), block, element, ...url }];
      }
      return optionsOf(element).map((option) => ({
        label: shownText(labelOf(option)),
        block,
        element,
        option,
        ...(option.url === undefined ? {} : { url: String(option.url) }),
      }));
    });
}

/** Pictures as they are shown: a file of the workspace or an address. */
export function picturesOf(world: World, blocks: readonly Json[]) {
  const found: { readonly alt: string; readonly bytes: Uint8Array | null }[] = [];
  eachObject(blocks, '', (object) => {
    if (object.type !== 'image') return;
    const { id = '', url = '' } = (object.slack_file ?? {}) as { id?: string; url?: string };
    const file =
      world.files.get(id) ?? [...world.files.values()].find((one) => url.includes(`-${one.id}/`));
    found.push({ alt: String(object.alt_text ?? ''), bytes: file?.bytes ?? null });
  });
  return found;
}

import { brokenLimits } from './block-rules.ts';
import type { SlackLimits } from './limits.ts';
import type { SchemaCheck } from './schema.ts';
import { brokenStructure, eachObject, textOf } from './structure-rules.ts';
import type { Json } from './world.ts';

/** Slack's no to what was sent: its word, and where it hurts. */
export class Invalid extends Error {
  readonly details: readonly string[];
  constructor(error: string, details: readonly string[] = []) {
    super(error);
    this.details = details;
  }
}

const textLength = 40_000;
const attachmentsInMessage = 100;
/** Where Slack shows blocks that are not shown everywhere (docs.slack.dev, blocks.json). */
const shownIn: Readonly<Record<string, readonly ('message' | 'modal' | 'home')[]>> = {
  alert: ['modal'],
  carousel: ['message', 'home'],
  container: ['message'],
  context_actions: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  markdown: ['message'],
  plan: ['message'],
  table: ['message'],
  task_card: ['message'],
};

function misplaced(blocks: readonly Json[], surface: 'message' | 'modal' | 'home'): string[] {
  return blocks
    .map((block) => String(block.type))
    .filter((type) => Object.hasOwn(shownIn, type) && !shownIn[type].includes(surface))
    .map((type) => `unsupported type: ${type} in a ${surface} [json-pointer:/blocks]`);
}

export interface Rules {
  /** Throws what Slack would refuse; answers what it would let pass but Keel must not do. */
  message(message: Json): string[];
  view(view: Json): void;
  blocks(blocks: readonly Json[], at?: string): void;
  /** One block, element or object by the SDK's name of its type. */
  one(type: string, value: Json): void;
}

export function createRules(limits: SlackLimits, schema: SchemaCheck): Rules {
  function blocks(given: readonly Json[], at = '/blocks'): void {
    const found: string[] = [];
    const ids = new Set<unknown>();
    for (const [index, block] of given.entries()) {
      const where = `${at}/${index}`;
      const shape = schema.block(block);
      if (shape !== null) found.push(`${shape} in ${where}`);
      found.push(...brokenLimits(limits, block, where));
      if (shape === null) found.push(...brokenStructure(limits, block, where));
      eachObject(block, where, (object, deeper) => {
        if (object.block_id === undefined) return;
        if (object.block_id === '') found.push(`block_id is empty [json-pointer:${deeper}]`);
        if (ids.has(object.block_id)) {
          found.push(`"block_id" ${object.block_id} already exists [json-pointer:${deeper}]`);
        }
        ids.add(object.block_id);
      });
    }
    if (found.length > 0) throw new Invalid('invalid_blocks', found);
  }

  return {
    blocks,
    one(type, value) {
      const shape = schema.type(type, value);
      const found = shape === null ? [] : [shape];
      found.push(...brokenLimits(limits, value, ''), ...brokenStructure(limits, value, ''));
      if (found.length > 0) throw new Invalid('invalid_blocks', found);
    },
    message(message) {
      const text = String(message.text ?? '');
      const given = (message.blocks ?? []) as readonly Json[];
      const attachments = (message.attachments ?? []) as readonly Json[];
      if (!text.isWellFormed()) throw new Invalid('invalid_text');
      if ([...text].length > textLength) throw new Invalid('msg_too_long');
      if (text.trim() === '' && given.length === 0 && attachments.length === 0) {
        throw new Invalid('no_text');
      }
      if (given.length > limits.blocksInMessage) {
        const most = `no more than ${limits.blocksInMessage} items allowed [json-pointer:/blocks]`;
        throw new Invalid('invalid_blocks', [most]);
      }
      if (attachments.length > attachmentsInMessage) throw new Invalid('too_many_attachments');
      blocks(given);
      for (const [index, one] of attachments.entries()) {
        blocks((one.blocks ?? []) as Json[], `/attachments/${index}/blocks`);
      }
      const all = [...given, ...attachments.flatMap((one) => (one.blocks ?? []) as Json[])];
      const wrong = misplaced(all, 'message');
      if (wrong.length > 0) throw new Invalid('invalid_blocks', wrong);
      const many = (type: string) => all.filter((block) => block.type === type);
      if (many('table').length > limits.tablesInMessage) {
        throw new Invalid('invalid_attachments', ['only_one_table_allowed']);
      }
      if (many('data_visualization').length > limits.chartsInMessage) {
        throw new Invalid('invalid_blocks', ['too many data_visualization blocks']);
      }
      if (all.some((block) => /^file$/.test(String(block.type)))) {
        throw new Invalid('invalid_blocks', ['a file block cannot be sent by an app']);
      }
      if ([...textOf(many('markdown'))].length > limits.markdownInMessage) {
        throw new Invalid('msg_blocks_too_long');
      }
      const size = [...textOf(all)].length;
      if (size > limits.mostCharacters) throw new Invalid('msg_blocks_too_long');
      const poor: string[] = [];
      if (size > limits.safeCharacters) {
        poor.push(
          `${size} characters of blocks; more than ${limits.safeCharacters} may be refused`,
        );
      }
      if (text.trim() === '') poor.push('no text beside the blocks: notifications would be empty');
      return poor;
    },
    view(view) {
      const given = (view.blocks ?? []) as readonly Json[];
      const found: string[] = [];
      const count = limits.broken('view.blocks', given);
      if (count !== null) found.push(`${count} [json-pointer:/view/blocks]`);
      for (const name of ['title', 'submit', 'close'] as const) {
        const wrong = limits.broken(`view.${name}`, (view[name] as Json | undefined)?.text ?? '');
        if (wrong !== null) found.push(`${wrong} [json-pointer:/view/${name}/text]`);
      }
      for (const name of ['private_metadata', 'callback_id'] as const) {
        const wrong = limits.broken(`view.${name}`, view[name] ?? '');
        if (wrong !== null) found.push(`${wrong} [json-pointer:/view/${name}]`);
      }
      const inputs = given.some((block) => block.type === 'input');
      if (view.type === 'modal' && inputs && view.submit === undefined) {
        found.push('missing required field: submit [json-pointer:/view]');
      }
      found.push(...misplaced(given, view.type === 'home' ? 'home' : 'modal'));
      if (found.length > 0) throw new Invalid('invalid_arguments', found);
      blocks(given, '/view/blocks');
    },
  };
}

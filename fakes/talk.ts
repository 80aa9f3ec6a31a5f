import type {
  ActHandler,
  Command,
  Context,
  DialogueHandler,
  FormHandler,
  Outcome,
} from '../bot/commands/command.ts';
import type { DialogueState } from '../bot/dialogue/state.ts';
import { dialogueStateSchema } from '../bot/dialogue/state.ts';
import type { EventFile } from '../bot/event.ts';
import type { MarketView } from '../bot/ports.ts';
import type { Act, ActionOf, Block, Draft } from '../bot/reply.ts';
import type { Person, Tx } from '../bot/store.ts';
import { strict, type TalkRecord, talkStore, viaJson } from './talk-store.ts';

export interface TalkAbilities {
  readonly commands: readonly Command[];
  readonly acts: Readonly<Record<string, ActHandler>>;
  readonly forms: Readonly<Record<string, FormHandler>>;
  readonly dialogues: Readonly<Partial<Record<DialogueState['kind'], DialogueHandler>>>;
}

/**
 * One person talking to commands and dialogues without a database: reads come from plain objects,
 * commits land in them, and the state goes through JSON as it would through a store. Anything a
 * handler touches that is not modelled here throws.
 */
export function talk(abilities: TalkAbilities, setup: { now: number; market?: MarketView }) {
  const person: Person = {
    workspace: 'w1',
    person: 'p1',
    pseudonym: 'calm-otter',
    locale: 'en-US',
    consentedAt: setup.now,
    disclosureVersion: null,
    createdAt: setup.now,
  };
  const record: TalkRecord = {
    person,
    dialogue: null,
    answers: null,
    goal: null,
    wishes: null,
    entries: [],
    transfers: [],
    proposals: [],
    audit: [],
    jobs: [],
  };
  let ids = 0;
  let last: readonly Draft[] = [];
  const said: Draft[] = [];

  const { read, tx } = talkStore(record);

  function contextFor(
    body: Context['event']['body'],
    act: Act | null,
    messageKey: string,
  ): Context {
    const id = `e${++ids}`;
    return {
      event: {
        id,
        source: { platform: 'test', installation: 'i', conversation: 'c', identity: 'p' },
        surface: 'direct',
        locale: 'en-US',
        at: setup.now,
        body,
      },
      person: record.person,
      conversation: 'test:i:c',
      now: setup.now,
      read: read as unknown as Context['read'],
      market: async () => {
        if (!setup.market) throw new Error('This talk has no market.');
        return setup.market;
      },
      compute: strict('compute', {}) as unknown as Context['compute'],
      newId: () => `m${++ids}`,
      keyedHash: (text) => `hash of ${text}`,
      dialogue: record.dialogue && dialogueStateSchema.parse(viaJson(record.dialogue)),
      button: act && {
        ...record.person,
        id,
        conversation: 'test:i:c',
        messageKey,
        kind: 'choice',
        form: null,
        initial: null,
        act,
        usedAt: null,
        usedBy: null,
      },
      progress: async () => undefined,
    };
  }

  async function settle(outcome: Outcome): Promise<readonly Draft[]> {
    const instead = await outcome.commit?.(tx as unknown as Tx);
    if (outcome.dialogue !== undefined) record.dialogue = viaJson(outcome.dialogue);
    last = instead ?? outcome.replies;
    said.push(...last);
    return last;
  }

  async function run(context: Context, act: Act): Promise<readonly Draft[]> {
    if (act.name === 'command') {
      return command(String(act.args.name), String(act.args.args ?? ''));
    }
    const handler = abilities.acts[act.name];
    if (!handler) throw new Error(`No act "${act.name}".`);
    return settle(await handler(context, act.args));
  }

  async function command(name: string, args = ''): Promise<readonly Draft[]> {
    const found = abilities.commands.find((each) => each.name === name);
    if (!found) throw new Error(`No command "${name}".`);
    return settle(await found.run(contextFor({ kind: 'command', name, args }, null, ''), args));
  }

  function find(label: string): { draft: Draft; action: ActionOf<Act> } {
    for (const draft of said.toReversed()) {
      const action = draft.actions.find((each) => each.label === label);
      if (action) return { draft, action };
    }
    throw new Error(`No button "${label}" in:\n${last.map(shown).join('\n')}`);
  }

  return {
    record,
    command,
    /** Types words; with no dialogue open, or one that passes them on, null. */
    async says(text: string): Promise<readonly Draft[] | null> {
      const open = record.dialogue && abilities.dialogues[record.dialogue.kind];
      const outcome = await open?.onText(contextFor({ kind: 'text', text }, null, ''), text);
      return outcome ? settle(outcome) : null;
    },
    /** Presses the newest button of that label, however old its message. */
    async presses(label: string): Promise<readonly Draft[]> {
      const { draft, action } = find(label);
      if (action.kind === 'link') throw new Error('A link is not pressed.');
      const body = { kind: 'button', token: 't' } as const;
      return run(contextFor(body, action.do, draft.key), action.do);
    },
    async picks(label: string, value: string): Promise<readonly Draft[]> {
      const { draft, action } = find(label);
      if (action.kind !== 'select') throw new Error(`"${label}" is no select.`);
      if (!action.options.some((option) => option.value === value)) {
        throw new Error(`"${label}" has no option "${value}".`);
      }
      const act = { ...action.do, args: { ...action.do.args, value } };
      return run(contextFor({ kind: 'select', token: 't', value }, act, draft.key), act);
    },
    async submits(
      form: string,
      values: Readonly<Record<string, string>>,
      files: Readonly<Record<string, EventFile>> = {},
    ): Promise<readonly Draft[]> {
      const body = { kind: 'form', token: 't', values, files } as const;
      return settle(await abilities.forms[form](contextFor(body, null, ''), values, files));
    },
    async uploads(name: string, bytes: Uint8Array): Promise<readonly Draft[] | null> {
      const content = Buffer.from(bytes).toString('base64');
      const file = { name, mediaType: 'text/csv', bytes: bytes.length, content };
      const open = record.dialogue && abilities.dialogues[record.dialogue.kind];
      const handler = open?.onFile ?? abilities.dialogues.holdings?.onFile;
      const context = contextFor({ kind: 'file', file, caption: '' }, null, '');
      const outcome = await handler?.(context, file, '');
      return outcome ? settle(outcome) : null;
    },
    /** Every reply so far. */
    said: said as readonly Draft[],
    /** The last reply as text. */
    heard: () => last.map(shown).join('\n'),
  };
}

/** A draft as a transcript shows it: blocks, then buttons in brackets. */
export function shown(draft: Draft): string {
  const actions = draft.actions.map((action) => `[${action.label}]`).join(' ');
  return [...draft.blocks.map(blockText), ...(actions ? [actions] : [])].join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'notice':
      return block.text;
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'table':
      return [
        ...(block.title ? [block.title] : []),
        block.columns.map(({ label }) => label).join(' | '),
        ...block.rows.map((row) => row.join(' | ')),
      ].join('\n');
    case 'progress':
      return block.label;
    case 'image':
      return block.alt;
    case 'file':
      return block.name;
  }
}

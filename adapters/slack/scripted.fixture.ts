import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Form } from '../../bot/dialogue/forms.ts';
import { type Event, updateKey } from '../../bot/event.ts';
import type { Destination, Logger } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';
import {
  type SlackOptions as FakeOptions,
  type FakeSlack,
  startSlack,
} from '../../fakes/slack/server.ts';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { pixels } from '../conformance/pixels.ts';
import { createHttpServer } from '../http/index.ts';
import { createSlack, type SlackOptions } from './index.ts';
import type { SlackDoor } from './intake.ts';

/** A form with a field of each kind. */
export const sampleForm: Form = {
  title: 'What you hold, as it is today',
  submit: 'Save',
  spoken: '12 SPY',
  fields: [
    { kind: 'text', name: 'amount', label: 'How much', hint: 'For example 90k', maxLength: 40 },
    {
      kind: 'choice',
      name: 'what',
      label: 'What for',
      options: [
        { label: 'A house', value: 'house' },
        { label: 'Retirement', value: 'retirement' },
      ],
    },
    {
      kind: 'file',
      name: 'table',
      label: 'A table',
      optional: true,
      accept: ['.csv'],
      maxBytes: 1_000_000,
    },
  ],
  schema: z.record(z.string(), z.string()),
};

export interface Scripted {
  readonly fake: FakeSlack;
  readonly slack: ReturnType<typeof createSlack>;
  readonly events: Event[];
  /** Everything that was logged. */
  readonly lines: string[];
  readonly address: string;
  readonly door: { -readonly [K in keyof SlackDoor]: SlackDoor[K] };
  stop(): Promise<void>;
}

interface ScriptedOptions {
  readonly mode?: 'http' | 'socket';
  readonly fake?: FakeOptions;
  readonly slack?: Partial<Pick<SlackOptions, 'ackMs' | 'wallNow' | 'images'>>;
  /** Many workspaces in place of one. */
  readonly many?: (fake: FakeSlack) => SlackOptions['workspaces'];
}

export const formToken = 'v1.FFFFFFFFFFFFFFFF.GGGGGGGGGGGGGGGG';

/** The adapter on a strict Slack and the real HTTP server, with a bot that only remembers. */
export async function scriptedSlack(options: ScriptedOptions = {}): Promise<Scripted> {
  const timer = createLeapingTimer();
  const fake = await startSlack({ paceNow: timer.now, ...options.fake });
  const events: Event[] = [];
  const lines: string[] = [];
  const keep = (fields: object, message: string) => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log: Logger = { info: keep, warn: keep, error: keep };
  const http = createHttpServer({ host: '127.0.0.1', port: 0, log, graceMs: 50 });
  const slack = createSlack({
    workspaces: options.many?.(fake) ?? { token: fake.token() },
    mode:
      options.mode === 'socket'
        ? { appToken: fake.app.appToken }
        : { signingSecret: fake.app.signingSecret },
    http,
    apiRoot: `${fake.url}/api`,
    log,
    images: { png: async (spec) => pixels(JSON.stringify(spec)) },
    timer,
    pauseMs: 5,
    ...options.slack,
  });
  const seen = new Set<string>();
  const door: Scripted['door'] = {
    async receive(event) {
      if (seen.has(updateKey(event))) return false;
      seen.add(updateKey(event));
      events.push(event);
      return true;
    },
    async openForm(token) {
      if (token !== formToken) return { refused: 'That button belongs to someone else.' };
      return { form: sampleForm, initial: { amount: '90k' } };
    },
    async checkForm(_token, _source, values) {
      const errors: Record<string, string> = {};
      if (!/^\d/.test(values.amount)) errors.amount = 'Write an amount, for example 90k.';
      return { errors };
    },
    heard: async (source) => events.some((event) => isDeepStrictEqual(event.source, source)),
    commands: ['recommend', 'goal', 'help'].map((name) => ({ name, summary: `Does ${name}` })),
  };
  slack.connect(door);
  const address = await http.start();
  fake.setRequestUrl(`${address}/slack/events`);
  return {
    fake,
    slack,
    events,
    lines,
    address,
    door,
    async stop() {
      await slack.stop();
      await http.stop();
      await fake.stop();
    },
  };
}

export const pressToken = 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB';

/** A message with a button, a form and a choice. */
export const asks: Reply = {
  key: 'ask',
  visibility: 'private',
  notify: 'normal',
  blocks: [{ kind: 'text', text: 'Shall I?' }],
  actions: [
    { kind: 'choice', label: 'Yes', do: pressToken, style: 'primary' },
    { kind: 'form', label: 'Write it down', do: formToken, form: 'goal' },
    {
      kind: 'select',
      label: 'How long',
      do: pressToken,
      options: [
        { label: 'A year', value: 'y1' },
        { label: 'Ten years', value: 'y10', note: 'or longer' },
      ],
    },
  ],
};

/** Where the answer to an event goes. */
export function back(event: Event): Destination {
  return { ...event.source, ...(event.ticket ? { ticket: event.ticket } : {}) };
}

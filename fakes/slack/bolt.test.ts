import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A small app that does a little of everything. */
function behave(app: App): void {
  app.message(async ({ message, say }) => {
    const { text = '', files = [] } = message as { text?: string; files?: unknown[] };
    await say({
      text: `You said ${text} with ${files.length} files`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `You said *${text}*` } },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'go',
              value: 'v1',
              text: { type: 'plain_text', text: 'Go' },
            },
          ],
        },
      ],
    });
  });
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: 'Privately, please.', thread_ts: event.ts });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const words = { type: 'section', text: { type: 'mrkdwn', text: 'Your *home*' } } as const;
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [words] } });
  });
  app.command('/keel', async ({ ack, body, client }) => {
    await ack({ response_type: 'ephemeral', text: 'A form for you.' });
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'goal',
        title: { type: 'plain_text', text: 'A goal' },
        submit: { type: 'plain_text', text: 'Save' },
        blocks: [
          {
            type: 'input',
            block_id: 'amount',
            label: { type: 'plain_text', text: 'Amount' },
            element: { type: 'plain_text_input', action_id: 'amount', max_length: 9 },
          },
        ],
      },
    });
  });
  app.view('goal', async ({ ack, view, client, body }) => {
    const { value } = view.state.values.amount.amount;
    if (!/^\d+$/.test(value ?? '')) {
      await ack({ response_action: 'errors', errors: { amount: 'Please write digits.' } });
      return;
    }
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: `Saved ${value}.` });
  });
  app.action('go', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'Gone.', blocks: [] });
  });
}

describe.skipIf(schemaMissing !== null).each(['http', 'socket'] as const)(
  'Bolt over %s',
  (mode) => {
    let fake: FakeSlack;
    let stop: () => Promise<unknown>;
    afterEach(async () => {
      await stop();
      await fake.stop();
    });

    async function begin(): Promise<void> {
      fake = await startSlack();
      const clientOptions = { slackApiUrl: fake.apiUrl, retryConfig: { retries: 0 } };
      if (mode === 'socket') {
        const receiver = new SocketModeReceiver({
          appToken: fake.app.appToken,
          logger: quiet,
          installerOptions: { clientOptions },
        });
        const app = new App({ token: fake.token(), receiver, clientOptions, logger: quiet });
        behave(app);
        await app.start();
        await fake.sockets.ready();
        stop = () => app.stop();
        return;
      }
      const receiver = new HTTPReceiver({
        signingSecret: fake.app.signingSecret,
        endpoints: '/slack',
        processBeforeResponse: true,
        logger: quiet,
      });
      behave(new App({ token: fake.token(), receiver, clientOptions, logger: quiet }));
      const server: Server = createServer(receiver.requestListener);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      fake.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`);
      stop = () => new Promise((resolve) => server.close(resolve));
    }

    it('receives words, files, mentions, commands, presses and forms, and answers', async () => {
      await begin();
      const person = createSlackPerson(fake, 'T0001', 'U1');
      const until = (holds: () => boolean) =>
        vi.waitFor(() => expect(holds()).toBe(true), { timeout: 5_000, interval: 5 });
      if (mode === 'http') expect(await fake.events.verifyUrl()).toBe(true);
      await person.say('hello & welcome');
      await until(() => person.standing().length === 2);
      expect(person.standing()[1]).toMatchObject({
        words: 'You said hello & welcome',
        labels: ['Go'],
      });
      await person.press('Go');
      await until(() => person.standing()[1].words === 'Gone.');
      await person.mention('C1', 'how am I doing?');
      await until(() => person.standing('C1').length === 2);
      expect(person.standing('C1')[1].thread).toBe(person.standing('C1')[0].ts);
      await person.openHome();
      await until(() => person.home() !== null);
      expect(person.home()?.words).toBe('Your home');
      await person.command('/keel', 'goal');
      await until(() => person.modal.shown() !== null);
      expect(person.standing().at(-1)).toMatchObject({ words: 'A form for you.', ephemeral: true });
      expect(await person.modal.submit()).toEqual({
        kind: 'errors',
        errors: { amount: 'Please complete this required field.' },
      });
      await person.modal.fill({ Amount: 'many' });
      expect(await person.modal.submit()).toEqual({
        kind: 'errors',
        errors: { amount: 'Please write digits.' },
      });
      expect(person.modal.shown()?.errors).toEqual({ amount: 'Please write digits.' });
      await person.modal.fill({ Amount: '90000' });
      expect(await person.modal.submit()).toEqual({ kind: 'closed' });
      await until(() => person.standing().at(-1)?.words === 'Saved 90000.');
      expect(fake.world.violations).toEqual([]);
      expect(fake.world.unanswered).toEqual([]);
    });
  },
);

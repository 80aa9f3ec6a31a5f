import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { eventSchema } from '../../bot/event.ts';
import type { Action, Reply } from '../../bot/reply.ts';
import { letters, randomReply, readable } from '../../fakes/random-replies.ts';
import * as samples from '../web/fixtures/replies.ts';
import type { ChatSubject, Press, RunningChat } from './subject.ts';

/** What every chat adapter must hold. Platforms differ in `ChatSubject` alone. */
export function chatConformance(subject: ChatSubject, options: { readonly replies?: number } = {}) {
  const rounds = options.replies ?? 10_000;

  describe(`${subject.platform} meets the suite of chat adapters`, () => {
    for (const { name, kind, read } of subject.payloads) {
      it(`reads the recorded payload "${name}"`, () => {
        const event = read();
        expect(event?.body.kind ?? null).toBe(kind);
        if (event !== null) expect(eventSchema.parse(event)).toEqual(event);
      });
    }

    it(`loses nothing of ${rounds.toLocaleString('en-US')} random replies, within the limits`, () => {
      const seed = Date.now() % 1_000_000;
      let attached = 0;
      const property = fc.property(randomReply, (drawn) => {
        const reply = subject.formless ? withoutShortcuts(drawn) : drawn;
        const shown = subject.show(drawn);
        expect(shown.broken).toEqual([]);
        const said = letters(shown.words);
        const filed = letters(shown.attached);
        if (filed !== '') attached += 1;
        const labels = new Set(reply.actions.flatMap((action) => [action.label]));
        for (const text of readable(reply)) {
          if (said.includes(letters(text))) continue;
          expect(labels.has(text), `an action left the message: ${text}`).toBe(false);
          expect(filed.includes(letters(text)), `lost: ${JSON.stringify(text)}`).toBe(true);
        }
        const count = (kind: string) => reply.blocks.filter((one) => one.kind === kind).length;
        expect(shown.pictures).toBe(count('image'));
        const files = reply.blocks.flatMap((one) => (one.kind === 'file' ? [one.content] : []));
        const handed = [...shown.files];
        if (filed !== '') handed.splice(handed.indexOf(shown.attached), 1);
        expect(handed).toEqual(files);
        const links = shown.presses.flatMap((one) => (one.action === 'link' ? [one.url] : []));
        for (const action of reply.actions) {
          if (action.kind !== 'link' || links.includes(action.url)) continue;
          expect(said.includes(letters(action.url)), `lost: ${action.url}`).toBe(true);
        }
        const presses = shown.presses.filter((one) => one.action !== 'link');
        expect(presses).toEqual(expectedPresses(reply));
      });
      fc.assert(property, { numRuns: rounds, seed });
      const share = (100 * attached) / rounds;
      console.log(
        `${subject.platform}: ${attached} of ${rounds} replies have an attachment, seed ${seed}`,
      );
      expect(share).toBeLessThanOrEqual(1);
    }, 240_000);

    describe('running', () => {
      let chat: RunningChat | null = null;
      afterEach(async () => {
        expect(chat?.violations() ?? []).toEqual([]);
        await chat?.stop();
        chat = null;
      });

      it('shows every kind of reply the bot writes', async () => {
        chat = await subject.open();
        const to = chat.to(1);
        const replies = [samples.hello, samples.question, samples.goal, samples.recommendation];
        for (const reply of replies) await chat.adapter.deliver(to, reply, null);
        const standing = await chat.standing(to.conversation);
        const words = letters(standing.map((each) => each.words).join(''));
        for (const text of replies.flatMap(readable)) {
          expect(
            words.includes(letters(text)) ||
              standing.some((one) =>
                one.labels.some((label) => letters(label).includes(letters(text))),
              ),
            text,
          ).toBe(true);
        }
      });

      it('edits in place and repeats the buttons', async () => {
        chat = await subject.open();
        const to = chat.to(1);
        const first = await chat.adapter.deliver(to, samples.goal, null);
        const renewed: Reply = {
          ...samples.goal,
          blocks: [{ kind: 'text', text: 'Asked again' }],
        };
        const second = await chat.adapter.deliver(to, renewed, first);
        expect(second).toEqual(first);
        const standing = await chat.standing(to.conversation);
        expect(standing).toHaveLength(1);
        expect(standing[0].words).toContain('Asked again');
        expect(standing[0].labels.join()).toContain('As much as my risk allows');
        // The same again is no error.
        expect(await chat.adapter.deliver(to, renewed, second)).toEqual(first);
      });

      it('replaces progress by the answer, whatever kinds of message both are', async () => {
        chat = await subject.open();
        const to = chat.to(1);
        let ids = await chat.adapter.deliver(to, samples.progress(10), null);
        ids = await chat.adapter.deliver(to, samples.progress(60), ids);
        const answer: Reply = { ...samples.backtest, replaces: 'work' };
        ids = await chat.adapter.deliver(to, answer, ids);
        const words = async () =>
          (await chat!.standing(to.conversation)).map((one) => one.words).join('\n');
        expect(await words()).not.toContain('Testing against 14 years');
        expect(await words()).toContain('How it would have done');
        await chat.adapter.deliver(to, samples.says('backtest', 'Only words now.'), ids);
        expect(await words()).toContain('Only words now.');
        expect(await words()).not.toContain('How it would have done');
      });

      it('hands out files as they are', async () => {
        chat = await subject.open();
        const to = chat.to(1);
        await chat.adapter.deliver(to, samples.exported, null);
        const standing = await chat.standing(to.conversation);
        expect(standing.map((one) => one.file).filter((file) => file !== null)).toEqual([
          '{"goals":["house"]}',
        ]);
      });

      it('keeps what is private from everybody else', async () => {
        chat = await subject.open();
        const group = chat.inGroup(1);
        const secret = samples.says('secret', 'You hold $15,000.00.');
        if (group === null) {
          const foreign = { ...chat.to(1), identity: chat.to(2).identity };
          await expect(chat.adapter.deliver(foreign, secret, null)).rejects.toThrow(/one person/);
          expect(await chat.standing(chat.to(1).conversation)).toEqual([]);
          return;
        }
        await chat.adapter.deliver(group, secret, null);
        expect(await chat.standing(group.conversation)).toEqual([]);
        const direct = await chat.standing(chat.to(1).conversation);
        expect(direct.map((one) => one.words).join()).toContain('$15,000.00');
      });
    });
  });
}

function withoutShortcuts(reply: Reply): Reply {
  const kept = reply.actions.filter((action) => action.kind !== 'form' || !action.shortcut);
  return { ...reply, actions: kept };
}

/** What pressing the actions of a reply must come to, but for links: some stand as words. */
function expectedPresses(reply: Reply): readonly Press[] {
  return reply.actions.flatMap(pressesOf);
}

function pressesOf(action: Action): readonly Press[] {
  switch (action.kind) {
    case 'choice':
      return [{ action: 'event', body: { kind: 'button', token: action.do } }];
    case 'select':
      return action.options.map(({ value }) => ({
        action: 'event',
        body: { kind: 'select', token: action.do, value },
      }));
    case 'form':
      return [{ action: 'form', token: action.do, form: action.form }];
    case 'link':
      return [];
  }
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bodyOf } from '../../fakes/hostile-bench.ts';
import {
  type Chat,
  codeIn,
  isShared,
  type LinkBench,
  linkTo,
  openLinkBench,
  threeChats,
} from '../../fakes/link-bench.ts';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { proposalOf, recommendationOf } from '../../fakes/store-samples.ts';

afterAll(stopTestPostgres);

const MINUTE = 60_000;

describe.each(['pglite', 'postgres'] as const)('one account in several chats, on %s', (kind) => {
  let bench: LinkBench;
  let turn = 0;
  let web: Chat;
  let telegram: Chat;
  let discord: Chat;
  beforeAll(async () => {
    bench = await openLinkBench(kind);
  });
  afterAll(() => bench.store.close());
  beforeEach(async () => {
    turn += 1;
    [web, telegram, discord] = await threeChats(bench, String(turn));
  });

  test('a code from one chat joins another to its account, and both are told', async () => {
    const offer = await web.said('/link');
    expect(offer).toMatch(/Your code: [0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(offer).toContain('Give this code to nobody');
    const asked = await telegram.said(`/link ${codeIn(offer)}`);
    expect(asked).toMatch(/the account begun on the web chat on \d+ \w+ 2026/);
    expect(asked).toContain('I know nothing of you from this chat yet');
    expect(await isShared(web, telegram)).toBe(false);
    const before = web.heard().length;
    expect(await telegram.pressed('Yes, join it')).toContain(
      'This chat is now part of the account',
    );
    expect(await isShared(web, telegram)).toBe(true);
    const [replaced, notice] = web.heard().slice(before);
    expect(replaced).toMatchObject({ edits: true });
    expect(replaced.text).toContain('has been used');
    expect(notice.text).toContain('A chat was linked: Telegram');
    expect(notice.text).toContain('If that was not you, unlink it now');
  });

  test('what was known in the chat that joins is put aside, and comes back when it leaves', async () => {
    await telegram.said('/goal 90k by June 2032');
    await telegram.pressed('Yes');
    const own = await telegram.person();
    await telegram.said(`/link ${codeIn(await web.said('/link'))}`);
    expect(telegram.heard().at(-1)!.text).toContain('(a goal) is put aside');
    await telegram.pressed('Yes, join it');
    expect(await bench.store.read.goals.current(await telegram.person())).toBeNull();
    await telegram.said('/unlink');
    await telegram.picked('Unlink one', 'Telegram');
    const before = web.heard().length;
    expect(await telegram.pressed('Unlink it')).toContain(
      'What I knew from this chat before is back',
    );
    expect(await telegram.person()).toMatchObject({ person: own.person });
    expect(await bench.store.read.goals.current(own)).not.toBeNull();
    expect(web.heard().at(before)!.text).toContain('Telegram was unlinked from this account');
  });

  test('who asked for the code can take the new chat off by the notice, at once', async () => {
    await linkTo(web, telegram);
    await telegram.said('/links');
    const taken = telegram.find('Link another chat');
    expect(await web.pressed('Unlink it')).toContain('Telegram no longer shares this account');
    expect(await isShared(web, telegram)).toBe(false);
    const [refused] = await telegram.send({ kind: 'button', token: taken.do });
    expect(JSON.stringify(refused)).toContain('belongs to someone else');
    expect(
      telegram
        .heard()
        .map(({ text }) => text)
        .join(),
    ).toContain('This chat no longer shares');
    expect(await web.pressed('Unlink it')).toContain('already done');
  });

  test('a chat that has said nothing yet joins with its first words', async () => {
    const slack = bench.chat('slack', `s${turn}`);
    const asked = await slack.said(`link ${codeIn(await web.said('/link'))}`);
    expect(asked).toContain('Join that account?');
    await slack.pressed('Yes, join it');
    expect(await isShared(web, slack)).toBe(true);
    expect((await slack.person()).consentedAt).not.toBeNull();
  });

  test('each thing wrong with a code has its own sentence', async () => {
    expect(await telegram.said('/link ABCD-EFG1-2')).toContain('none of my codes');
    expect(await telegram.said('/link ABCD-EFGH')).toContain('I do not know that code');
    const code = codeIn(await web.said('/link'));
    expect(await web.said(`/link ${code}`)).toContain('asked for on this same account');
    const next = codeIn(await web.said('/link'));
    expect(await telegram.said(`/link ${code}`)).toContain('has expired');
    await telegram.said(`link ${next.toLowerCase().replace('-', ' ')}`);
    await telegram.pressed('Yes, join it');
    expect(await discord.said(`/link ${next}`)).toContain('has been used already');
    const withdrawn = codeIn(await web.said('/link'));
    expect(await web.pressed('I need no code')).toContain('no longer works');
    expect(await discord.said(`/link ${withdrawn}`)).toContain('has expired');
    const late = codeIn(await web.said('/link'));
    await discord.said(`/link ${late}`);
    bench.clock.at += 10 * MINUTE + 1;
    expect(await discord.pressed('Yes, join it')).toContain('has expired; nothing was linked');
    expect(await discord.said(`/link ${late}`)).toContain('has expired; codes work');
    expect(await isShared(web, discord)).toBe(false);
  });

  test('five wrong codes within an hour are the last, even when the sixth is right', async () => {
    for (const left of ['4 more tries', '3 more', '2 more', 'One more try', 'no more codes']) {
      expect(await telegram.said('/link ZZZZ-ZZZZ')).toContain(left);
    }
    const code = codeIn(await web.said('/link'));
    expect(await telegram.said(`/link ${code}`)).toMatch(/5 wrong codes .* Try again after/);
    bench.clock.at += 60 * MINUTE + 1;
    await telegram.said(`/link ${codeIn(await web.said('/link'))}`);
    expect(await telegram.pressed('Yes, join it')).toContain('Linked');
  });

  test('in a group no code is given, and one typed there ends', async () => {
    const group = bench.chat('discord', `discord${turn}`, `group${turn}`);
    expect(await group.said('/link')).toContain('in a direct chat only');
    const code = codeIn(await web.said('/link'));
    expect(await group.said(`/link ${code}`)).toContain('nothing was linked');
    expect(await telegram.said(`/link ${code}`)).toContain('has been used already');
    expect(await isShared(web, discord)).toBe(false);
  });

  test('one that others read where it was typed ends, although it is answered in private', async () => {
    const code = codeIn(await web.said('/link'));
    for (const said of [`/link ${code}`, `link ${code}`]) {
      const { body, ...event } = telegram.eventOf(bodyOf(said));
      await bench.bot.receive({ ...event, overheard: true, body });
      await bench.bot.idle();
      expect(telegram.heard().at(-1)!.text).toContain('Others may have read that code');
    }
    expect(await discord.said(`/link ${code}`)).toContain('has been used already');
    expect(await isShared(web, telegram)).toBe(false);
  });

  test('a chat whose account others share, or that stayed alone in one, gives codes only', async () => {
    await linkTo(web, telegram);
    const code = codeIn(await discord.said('/link'));
    expect(await telegram.said(`/link ${code}`)).toContain(
      'already shares an account with Web chat',
    );
    await web.said('/unlink');
    await web.picked('Unlink one', 'Web chat');
    expect(await web.pressed('Unlink it')).toContain(
      'account of its own, in which nothing is known',
    );
    expect(await isShared(web, telegram)).toBe(false);
    expect(await telegram.said('/links')).toContain('only chat of this account');
    expect(await telegram.said(`/link ${code}`)).toContain('keeps an account that it joined');
    expect(await linkTo(telegram, discord)).toContain('Linked');
  });

  test('the last chat of an account is not unlinked into nothing', async () => {
    await linkTo(web, telegram);
    await web.said('/unlink');
    await web.picked('Unlink one', 'Telegram');
    await telegram.said('/unlink');
    await telegram.picked('Unlink one', 'Web chat');
    expect(await web.pressed('Unlink it')).toContain('no longer shares');
    expect(await telegram.pressed('Unlink it')).toContain('belongs to someone else');
    expect(await web.said('/unlink')).toContain('type /forget');
  });

  test('while a rebalance is carried out, its account is not put aside', async () => {
    const owner = await telegram.person();
    const proposal = proposalOf(owner, `p${turn}`, `r${turn}`);
    await bench.store.transact(async (tx) => {
      await tx.recommendations.put(recommendationOf(owner, `r${turn}`));
      await tx.proposals.insert(proposal);
    });
    const code = codeIn(await web.said('/link'));
    await telegram.said(`/link ${code}`);
    const confirmed = { ...proposal, state: 'confirmed', version: 1, confirmedBy: 'x' } as const;
    await bench.store.transact((tx) => tx.proposals.update(confirmed));
    expect(await telegram.pressed('Yes, join it')).toContain('is being carried out right now');
    expect(await isShared(web, telegram)).toBe(false);
    await bench.store.transact((tx) =>
      tx.proposals.update({ ...confirmed, state: 'filled', version: 2 }),
    );
    await telegram.said(`/link ${code}`);
    expect(await telegram.pressed('Yes, join it')).toContain('Linked');
  });

  test('forgetting erases every linked chat and what was put aside, and says so first', async () => {
    await telegram.said('/goal 90k by June 2032');
    await telegram.pressed('Yes');
    const aside = await telegram.person();
    await linkTo(web, telegram);
    expect(await web.said('/forget')).toContain('2 chats share your account: Web chat (this chat)');
    const told = await web.pressed('Yes, erase it');
    expect(told).toContain('2 links to chat accounts');
    // Of all accounts together: nobody is told of the same kind twice.
    expect(told.match(/lines of the audit record/g)).toHaveLength(1);
    expect(await bench.store.read.people.byIdentity(telegram.source)).toBeNull();
    expect(await bench.store.read.goals.current(aside)).toBeNull();
    expect(await telegram.said('hello')).toContain('Hello, I am Keel');
  });

  test('the export lists linked chats, and nothing they said before they joined', async () => {
    await telegram.said('my secret wish');
    bench.clock.at += MINUTE;
    await linkTo(web, telegram);
    const held = await bench.store.read.export(await web.person());
    expect(held.accounts).toMatchObject([
      { platform: 'web', linkedAt: null },
      {
        platform: 'telegram',
        linkedAt: bench.clock.at,
        before: expect.stringContaining('/unlink'),
      },
    ]);
    expect(JSON.stringify(held.messages)).not.toContain('my secret wish');
  });

  test('no code stands in a log or among the codes, and both records say what happened', async () => {
    const code = codeIn(await web.said('/link'));
    const home = await telegram.person();
    await telegram.said(`/link ${code}`);
    await telegram.pressed('Yes, join it');
    expect(bench.logged.join('\n')).not.toContain(code);
    const kindsOf = async (workspace: string) =>
      (await bench.store.read.audit.list(workspace, 0, 10_000)).map((row) => row.kind);
    expect(await kindsOf((await web.person()).workspace)).toEqual(
      expect.arrayContaining(['link-code', 'linked']),
    );
    expect(await kindsOf(home.workspace)).toContain('put-aside');
    for (const workspace of await bench.store.read.audit.workspaces()) {
      expect((await bench.store.read.audit.verify(workspace)).brokenAt).toBeNull();
    }
  });

  test('two chats that use one code at once: one joins, the other hears why not', async () => {
    const code = codeIn(await web.said('/link'));
    await telegram.said(`/link ${code}`);
    await discord.said(`/link ${code}`);
    const both = await Promise.all([
      telegram.pressed('Yes, join it'),
      discord.pressed('Yes, join it'),
    ]);
    expect(both.filter((text) => text.includes('Linked'))).toHaveLength(1);
    expect(both.filter((text) => text.includes('has been used already'))).toHaveLength(1);
    const joined = [await isShared(web, telegram), await isShared(web, discord)];
    expect(joined.filter(Boolean)).toHaveLength(1);
  });

  test('two chats that unlink each other at once leave one with the account', async () => {
    await linkTo(web, telegram);
    const account = await web.person();
    await web.said('/unlink');
    await web.picked('Unlink one', 'Telegram');
    await telegram.said('/unlink');
    await telegram.picked('Unlink one', 'Web chat');
    await Promise.all([web.pressed('Unlink it'), telegram.pressed('Unlink it')]);
    expect(await bench.store.read.links.of(account)).toHaveLength(1);
    expect(await isShared(web, telegram)).toBe(false);
  });

  test('a delivery repeated after linking changes nothing', async () => {
    const code = codeIn(await web.said('/link'));
    await telegram.said(`/link ${code}`);
    const press = telegram.eventOf({ kind: 'button', token: telegram.find('Yes, join it').do });
    await bench.bot.receive(press);
    await bench.bot.idle();
    const before = bench.delivered.length;
    for (let again = 0; again < 3; again++) expect(await bench.bot.receive(press)).toBe(false);
    await bench.bot.idle();
    expect(bench.delivered).toHaveLength(before);
    expect(await telegram.pressed('Yes, join it')).toContain('from before this chat was linked');
  });
});

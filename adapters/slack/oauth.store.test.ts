import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { createSlackPerson } from '../../fakes/slack/person.ts';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import { freshDatabase } from '../../fakes/store.ts';
import type { Database } from '../store/database.ts';
import { rowsOf } from '../store/executor.ts';
import { createSlackInstallations } from '../store/slack-installations.ts';
import * as samples from '../web/fixtures/replies.ts';
import { type Scripted, scriptedSlack } from './scripted.fixture.ts';

afterAll(stopTestPostgres);

const publicUrl = 'http://keel.test';

describe.skipIf(schemaMissing !== null).each(['pglite', 'postgres'] as const)(
  'many Slack workspaces in %s',
  (kind) => {
    let database: Database;
    let running: Scripted;
    let wallNow: number;
    beforeAll(async () => {
      database = await freshDatabase(kind);
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      wallNow = Date.now();
      await database.db.execute(sql`delete from slack_installations`);
      running = await scriptedSlack({
        fake: { installed: false, teams: [{ id: 'T0001' }, { id: 'T0002' }] },
        slack: { wallNow: () => wallNow },
        many: (fake) => ({
          clientId: fake.app.clientId,
          clientSecret: fake.app.clientSecret,
          publicUrl,
          key: new Uint8Array(32).fill(1),
          installations: createSlackInstallations(database, new Uint8Array(32).fill(2)),
          authorizeUrl: fake.authorizeUrl,
        }),
      });
      await running.slack.start();
    });
    afterEach(async () => {
      await running.fake.delivery.settled();
      const said = running.lines.join('\n');
      const { tokens, codes } = running.fake.world;
      for (const secret of [...tokens.keys(), ...codes.keys(), running.fake.app.clientSecret]) {
        expect(said).not.toContain(secret);
      }
      await running.stop();
    });

    const get = (path: string, cookie?: string) =>
      fetch(`${running.address}${path}`, {
        redirect: 'manual',
        headers: cookie === undefined ? {} : { cookie },
      });
    /** Begins, agrees on Slack's page, and comes back to where Slack sends the browser. */
    async function agree(team: string, user = 'U0001') {
      const begun = await get('/slack/install');
      const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
      running.fake.installAs(team, user);
      const consent = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
      const back = new URL(consent.headers.get('location') ?? '');
      expect(back.origin).toBe(publicUrl);
      return { path: `${back.pathname}${back.search}`, cookie };
    }
    async function install(team: string) {
      const { path, cookie } = await agree(team);
      const answer = await get(path, cookie);
      expect(answer.status).toBe(200);
    }
    const rows = () => rowsOf(database.db, sql`select t::text as row from slack_installations t`);
    const person = (team: string) => createSlackPerson(running.fake, team, 'U0001');
    const to = (team: string) => ({
      platform: 'slack',
      installation: team,
      conversation: person(team).dm,
      identity: 'U0001',
    });

    it('speaks in every workspace that installed it, each with its own token', async () => {
      expect(running.slack.address()).toBe('http://keel.test/slack/install');
      await install('T0001');
      await install('T0002');
      for (const team of ['T0001', 'T0002']) {
        expect((await person(team).say('hello')).acknowledged).toBe(true);
        await running.slack.deliver(to(team), samples.says('hi', `Hello ${team}`), null);
        expect(person(team).standing().at(-1)?.words).toBe(`Hello ${team}`);
      }
      const what = running.events.map(({ body, source }) => [source.installation, body.kind]);
      expect(what).toEqual([
        ['T0001', 'lifecycle'],
        ['T0002', 'lifecycle'],
        ['T0001', 'text'],
        ['T0002', 'text'],
      ]);
      expect(JSON.stringify(await rows())).not.toContain('xoxb');
    });

    it('installs, uninstalls and installs again, and leaves no token behind', async () => {
      await install('T0001');
      const team = running.fake.world.team('T0001');
      wallNow += 2_000;
      running.fake.auth.uninstall(team);
      await running.fake.delivery.settled();
      expect(await rows()).toEqual([]);
      const removed = running.events.filter(
        ({ body }) => body.kind === 'lifecycle' && body.what === 'uninstalled',
      );
      expect(removed.length).toBeGreaterThan(0);
      const nobody = running.slack.deliver(to('T0001'), samples.says('hi', 'Hello'), null);
      await expect(nobody).rejects.toMatchObject({ code: 'gone' });
      const home = { ...to('T0001'), conversation: 'home:U0001' };
      const page = { ...samples.says('hi', 'Hello'), key: 'home' };
      expect(await running.slack.deliver(home, page, ['home'])).toEqual([]);
      expect((await person('T0001').say('hello')).status).toBe(403);
      await install('T0001');
      expect((await person('T0001').say('hello')).acknowledged).toBe(true);
      expect(await rows()).toHaveLength(1);
    });

    it('forgets a token that was revoked, also when only an answer finds it out', async () => {
      await install('T0001');
      for (const token of running.fake.world.tokens.values()) token.dead = 'token_revoked';
      const lost = running.slack.deliver(to('T0001'), samples.says('hi', 'Hello'), null);
      await expect(lost).rejects.toMatchObject({ code: 'gone' });
      expect(await rows()).toEqual([]);
    });

    it('keeps what was installed again while a refusal of the old token was on its way', async () => {
      await install('T0001');
      const gate = Promise.withResolvers<void>();
      let asked = false;
      running.fake.inject((method) => {
        if (method !== 'chat.postMessage' || asked) return null;
        asked = true;
        return { kind: 'slow', until: gate.promise };
      });
      const late = running.slack.deliver(to('T0001'), samples.says('hi', 'Hello'), null);
      const refused = expect(late).rejects.toMatchObject({ code: 'unreachable' });
      await expect.poll(() => asked).toBe(true);
      for (const token of running.fake.world.tokens.values()) token.dead = 'token_revoked';
      wallNow += 60_000;
      await install('T0001');
      wallNow += 60_000;
      gate.resolve();
      await refused;
      expect(await rows()).toHaveLength(1);
      await running.slack.deliver(to('T0001'), samples.says('hi', 'Hello'), null);
      expect(person('T0001').standing().at(-1)?.words).toBe('Hello');
    });

    it('keeps what was installed again before a late word of the removal', async () => {
      await install('T0001');
      const late = running.fake.events.wrap(running.fake.world.team('T0001'), {
        type: 'app_uninstalled',
      });
      wallNow += 60_000;
      await install('T0001');
      await running.fake.delivery.push(late);
      expect(await rows()).toHaveLength(1);
    });

    it('refuses a state that is forged, used, late or of another browser', async () => {
      const refused = async (path: string, cookie: string, why: RegExp) => {
        const answer = await get(path, cookie);
        expect(answer.status).toBe(400);
        expect(await answer.text()).toMatch(why);
      };
      const mine = await agree('T0001');
      const forged = mine.path.replace(/state=[^&]{4}/, 'state=AAAA');
      await refused(forged, mine.cookie, /not made by this Keel/);
      await refused('/slack/oauth?code=x', mine.cookie, /not made by this Keel/);
      await refused(mine.path, '', /another browser/);
      await refused(mine.path, (await agree('T0001')).cookie, /another browser/);
      await refused('/slack/oauth?error=access_denied', mine.cookie, /Nothing was installed/);
      expect(await rows()).toEqual([]);
      expect((await get(mine.path, mine.cookie)).status).toBe(200);
      await refused(mine.path, mine.cookie, /used before/);
      const slow = await agree('T0002');
      wallNow += 11 * 60_000;
      await refused(slow.path, slow.cookie, /more than ten minutes/);
      expect(await rows()).toHaveLength(1);
    });

    it('says so when Slack does not take the code, and stores nothing', async () => {
      const { path, cookie } = await agree('T0001');
      const answer = await get(path.replace(/code=[^&]+/, 'code=other'), cookie);
      expect(answer.status).toBe(502);
      expect(await answer.text()).toContain('invalid_code');
      expect(await rows()).toEqual([]);
    });
  },
);

import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { call, listenTo } from './testing.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe.skipIf(schemaMissing !== null)('files of the fake', () => {
  let fake: FakeSlack;
  let person: SlackPerson;
  let client: WebClient;
  beforeEach(async () => {
    fake = await startSlack();
    person = createSlackPerson(fake, 'T0001', 'U1');
    client = new WebClient(fake.token(), {
      slackApiUrl: fake.apiUrl,
      retryConfig: { retries: 0 },
    });
  });
  afterEach(() => fake.stop());

  async function uploaded(): Promise<string> {
    const { files } = (await client.filesUploadV2({
      file: png,
      filename: 'chart.png',
      alt_text: 'A chart',
    })) as unknown as { files: { files: { id: string }[] }[] };
    return files[0].files[0].id;
  }
  const show = (id: string) =>
    call(fake, 'chat.postMessage', {
      channel: person.dm,
      text: 'A chart',
      blocks: [{ type: 'image', slack_file: { id }, alt_text: 'A chart' }],
    });

  it('takes an upload in three steps, and the picture only when Slack has looked at it', async () => {
    const id = await uploaded();
    expect(await show(id)).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]'],
      },
    });
    const first = await client.files.info({ file: id });
    expect(first.file?.mimetype).toBe('');
    const second = await client.files.info({ file: id });
    expect(second.file).toMatchObject({ mimetype: 'image/png', alt_txt: 'A chart' });
    expect(await show(id)).toMatchObject({ ok: true });
    expect(person.standing()[0].pictures).toEqual([{ alt: 'A chart', bytes: expect.anything() }]);
    expect(Buffer.from(person.standing()[0].pictures[0].bytes!).equals(png)).toBe(true);
    expect(fake.world.violations).toEqual([]);
  });

  it('shares a file into a conversation when it is completed there', async () => {
    await client.filesUploadV2({
      channel_id: person.dm,
      file: Buffer.from('a,b'),
      filename: 'a.csv',
    });
    expect(person.standing()[0].files).toMatchObject([{ name: 'a.csv' }]);
    expect(Buffer.from(person.standing()[0].files[0].bytes).toString()).toBe('a,b');
  });

  it('counts bytes that are not as many as were told, and refuses to complete', async () => {
    const { upload_url, file_id } = await client.files.getUploadURLExternal({
      filename: 'a.png',
      length: 9,
    });
    const sent = await fetch(upload_url!, { method: 'POST', body: png });
    expect(sent.status).toBe(400);
    expect(fake.world.violations).toEqual(['upload: 16 bytes came, 9 were told']);
    expect(
      await call(fake, 'files.completeUploadExternal', { files: [{ id: file_id }] }),
    ).toMatchObject({ error: 'file_not_found' });
  });

  it("hands a person's file to its workspace's token only", async () => {
    const app = await listenTo(fake);
    await person.upload('holdings.csv', Buffer.from('SPY,12'));
    const message = app.heard.find(
      ({ body }) => (body.event as { type: string }).type === 'message',
    );
    const { event } = message!.body as { event: { files: { url_private_download: string }[] } };
    expect(event).toMatchObject({ subtype: 'file_share', channel_type: 'im' });
    const shared = app.heard.map(({ body }) => (body.event as { type: string }).type);
    expect(shared.sort()).toEqual(['file_shared', 'message']);
    const url = event.files[0].url_private_download;
    const headers = { authorization: `Bearer ${fake.token()}` };
    expect(await (await fetch(url, { headers })).text()).toBe('SPY,12');
    expect(await (await fetch(url)).text()).toContain('Sign in');
    await app.stop();
  });
});

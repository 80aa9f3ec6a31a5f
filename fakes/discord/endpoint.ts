import { type AnswerBody, answers, type Interactions } from './interactions.ts';
import { parseBody } from './read-body.ts';
import { flaw, invalidForm, Refused } from './refused.ts';
import { requestFlaws } from './schema.ts';
import { type SigningKey, signedHeaders } from './signing.ts';
import { interactionTypes, wireUser } from './wire.ts';
import type { FakeInteraction, FakeMessage, World } from './world.ts';

const callback = '/interactions/{interaction_id}/{interaction_token}/callback';

/** What came back for an interaction that was posted. */
export interface Posted {
  readonly status: number;
  readonly body: unknown;
}

/** Interactions posted to a URL and answered in the response. */
export function createEndpoint(
  world: World,
  interactions: Interactions,
  key: SigningKey,
  announce: (message: FakeMessage, answer: number) => void,
) {
  async function send(
    url: string,
    payload: unknown,
    change: (headers: Record<string, string>) => Record<string, string> = (same) => same,
  ): Promise<Response> {
    const body = JSON.stringify(payload);
    const timestamp = String(Math.floor(world.now() / 1_000));
    const headers = change({ ...signedHeaders(key, timestamp, body) });
    return await fetch(url, { method: 'POST', headers, body });
  }

  function ping(): unknown {
    return {
      id: world.nextId(),
      application_id: world.self,
      type: interactionTypes.ping,
      token: 'ping-token',
      version: 1,
      user: wireUser(world, '1033044521375764530'),
      entitlements: [],
      attachment_size_limit: 10_485_760,
    };
  }

  /** As the developer portal does before it takes a URL: one true PING and forged ones. */
  async function check(url: string): Promise<void> {
    const bad = (why: string) =>
      invalidForm([
        flaw(
          'interactions_endpoint_url',
          `The specified interactions endpoint url could not be verified: ${why}`,
          'APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID',
        ),
      ]);
    const forged = await send(url, ping(), (headers) => ({
      ...headers,
      'x-signature-ed25519': 'ab'.repeat(64),
    })).catch(() => null);
    if (forged?.status !== 401) throw bad(`a forged signature was answered with ${forged?.status}`);
    await forged.body?.cancel();
    const good = await send(url, ping()).catch(() => null);
    if (good?.status !== 200) throw bad(`PING was answered with ${good?.status}`);
    const answer = (await good.json().catch(() => null)) as { type?: number } | null;
    if (answer?.type !== answers.pong) throw bad('PING was not answered with type 1');
  }

  async function take(interaction: FakeInteraction, response: Response): Promise<Posted> {
    const type = response.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await response.arrayBuffer());
    // The application will use the callback instead.
    if (response.status === 202 && bytes.length === 0) return { status: 202, body: null };
    if (response.status !== 200) return { status: response.status, body: bytes.toString('utf8') };
    const { body, uploads } = await parseBody(bytes, type);
    const flaws = requestFlaws('POST', callback, body);
    if (flaws.length > 0) throw invalidForm(flaws);
    const answer = body as AnswerBody;
    const message = interactions.answer(interaction, answer, uploads);
    if (message !== null) announce(message, answer.type);
    return { status: 200, body };
  }

  return {
    async set(url: string | null): Promise<void> {
      if (url !== null) await check(url);
      world.endpoint = url;
    },
    /** Posts an interaction as Discord does; what is wrong with the answer becomes a violation. */
    async post(interaction: FakeInteraction): Promise<Posted> {
      interaction.deliveries += 1;
      const response = await send(world.endpoint!, interaction.payload);
      try {
        const posted = await take(interaction, response);
        if (posted.status !== 200 && posted.status !== 202) {
          world.violations.push(`interaction ${interaction.id} was answered with ${posted.status}`);
        }
        return posted;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.mistake) {
          world.violations.push(`answer to ${interaction.id}: ${JSON.stringify(error.body())}`);
        }
        return { status: error.status, body: error.body() };
      }
    },
    /** Posts anything with headers of one's own choice: forgeries, replays, old timestamps. */
    forge: (
      payload: unknown,
      change: (headers: Record<string, string>) => Record<string, string>,
    ): Promise<Response> => send(world.endpoint!, payload, change),
  };
}

export type Endpoint = ReturnType<typeof createEndpoint>;

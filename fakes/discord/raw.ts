import type { FakeDiscord } from './server.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly code?: number;
    readonly id?: string;
  };
}

/** Requests as anybody could send them, without a library between. */
export function createRaw(fake: FakeDiscord) {
  return async function ask(
    method: string,
    path: string,
    body?: unknown,
    more: {
      readonly files?: Readonly<Record<string, Uint8Array>>;
      readonly token?: string | null;
    } = {},
  ): Promise<RawAnswer> {
    const token = more.token === undefined ? fake.token : more.token;
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bot ${token}` };
    let sent: FormData | string | undefined;
    if (more.files !== undefined) {
      const form = new FormData();
      form.set('payload_json', JSON.stringify(body));
      for (const [index, [name, bytes]] of Object.entries(more.files).entries()) {
        form.set(`files[${index}]`, new Blob([Buffer.from(bytes)]), name);
      }
      sent = form;
    } else if (body !== undefined) {
      headers['content-type'] = 'application/json';
      sent = JSON.stringify(body);
    }
    const response = await fetch(`${fake.url}/api/v10${path}`, {
      method,
      headers,
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { text },
    };
  };
}

export type Raw = ReturnType<typeof createRaw>;

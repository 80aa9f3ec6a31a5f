import type { IncomingMessage } from 'node:http';
import type { Uploads } from './message-body.ts';
import { mistaken } from './refused.ts';

/** A body of JSON, or a form with files and the JSON beside them in payload_json. */
export async function readBody(
  request: IncomingMessage,
): Promise<{ body: unknown; uploads: Uploads }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return parseBody(Buffer.concat(chunks), request.headers['content-type'] ?? '');
}

export async function parseBody(
  bytes: Buffer<ArrayBuffer>,
  type: string,
): Promise<{ body: unknown; uploads: Uploads }> {
  const none: Uploads = new Map();
  if (bytes.length === 0) return { body: undefined, uploads: none };
  if (type.startsWith('application/json')) {
    return { body: parsed(bytes.toString('utf8')), uploads: none };
  }
  if (!type.startsWith('multipart/form-data')) {
    throw mistaken(400, 50035, `The content type "${type}" is not used here`);
  }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const uploads = new Map<string, { name: string; bytes: Uint8Array; type: string }>();
  let body: unknown;
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      if (name !== 'payload_json') throw mistaken(400, 50035, `The form has a field "${name}"`);
      body = parsed(value);
    } else {
      const content = new Uint8Array(await value.arrayBuffer());
      const plain = value.type === 'application/octet-stream' ? '' : value.type;
      uploads.set(name, { name: value.name, bytes: content, type: plain });
    }
  }
  if (body === undefined) throw mistaken(400, 50035, 'The form has no payload_json');
  return { body, uploads };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw mistaken(400, 50109, 'The request body contains invalid JSON.');
  }
}

/** Fields that discord.js always writes, with the value that asks for nothing; Discord passes over them. */
const idle = ['tts', 'enforce_nonce'];

/** The body without what the library says although it means nothing. */
export function withoutIdle(body: unknown): unknown {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  const kept = Object.entries(body).filter(
    ([key, value]) => !idle.includes(key) || value !== false,
  );
  return Object.fromEntries(
    kept.map(([key, value]) => [key, key === 'data' ? withoutIdle(value) : value]),
  );
}

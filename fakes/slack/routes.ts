import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused } from './answers.ts';
import type { Auth } from './auth-methods.ts';
import type { Files } from './file-methods.ts';
import type { ResponseUrls } from './response-url.ts';
import type { WebApi } from './web-api.ts';
import type { Json, World } from './world.ts';

interface Parts {
  readonly world: World;
  readonly api: WebApi;
  readonly files: Files;
  readonly responseUrls: ResponseUrls;
  readonly auth: Auth;
}

/** Every address of the fake: the Web API, uploads and files, response addresses, consent. */
export function createRoutes({ world, api, files, responseUrls, auth }: Parts) {
  let installer: { readonly team: string; readonly user: string } | null = null;

  async function upload(id: string, request: IncomingMessage, response: ServerResponse) {
    const body = await read(request);
    const type = request.headers['content-type'] ?? '';
    let bytes: Uint8Array = body;
    if (type.startsWith('multipart/form-data')) {
      const form = await new Response(new Uint8Array(body), {
        headers: { 'content-type': type },
      }).formData();
      const part = [...form.values()].find((value) => typeof value !== 'string');
      bytes = part === undefined ? new Uint8Array() : new Uint8Array(await part.arrayBuffer());
    }
    const wrong = files.take(id, bytes);
    if (wrong !== null) world.violations.push(`upload: ${wrong}`);
    response.writeHead(wrong === null ? 200 : 400).end(wrong ?? `OK - ${bytes.length}`);
  }

  /** File addresses want the token; without it Slack shows its sign-in page. */
  function download(id: string, request: IncomingMessage, response: ServerResponse): void {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const issued = world.tokens.get(token);
    const file = world.files.get(id);
    if (issued === undefined || issued.dead !== null || file?.team !== issued.team) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
      return;
    }
    const bytes = file.bytes ?? new Uint8Array();
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
  }

  async function respond(path: string, request: IncomingMessage, response: ServerResponse) {
    const body = (await read(request)).toString('utf8');
    let message: Json;
    try {
      message = JSON.parse(body) as Json;
    } catch {
      world.violations.push('response_url: the body is no JSON');
      response.writeHead(400).end('invalid_payload');
      return;
    }
    const no = responseUrls.take(path, message);
    if (no === null) return json(response, 200, { ok: true });
    json(response, no.status, { ok: false, error: no.error });
  }

  function consent(query: URLSearchParams, response: ServerResponse): void {
    if (query.get('error') === null && installer === null) {
      response.writeHead(200).end('Nobody is signed in; the fake needs installAs().');
      return;
    }
    try {
      const { team, user } = installer!;
      const back = auth.authorize(query, world.team(team), user);
      response.writeHead(302, { location: back }).end();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      world.violations.push(`oauth: ${error.message}`);
      response.writeHead(400).end(error.message);
    }
  }

  return {
    installAs(team: string, user: string): void {
      installer = { team, user };
      world.team(team).user(user);
    },
    async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
      const [, first, ...rest] = pathname.split('/');
      if (first === 'api') {
        const text = (await read(request)).toString('utf8');
        const query = request.method === 'GET' ? searchParams.toString() : text;
        const headers =
          request.method === 'GET'
            ? { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' }
            : request.headers;
        const answer = await api.call(rest.join('/'), query, headers);
        if (answer === null) response.destroy();
        else json(response, answer.status, answer.body, answer.headers);
      } else if (first === 'upload') await upload(rest[1], request, response);
      else if (first === 'files-pri') {
        download(/-(F[A-Z0-9]+)/.exec(pathname)?.[1] ?? '', request, response);
      } else if (first === 'commands' || first === 'actions') {
        await respond(pathname, request, response);
      } else if (pathname === '/oauth/v2/authorize') consent(searchParams, response);
      else response.writeHead(404).end();
    },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { downloader } from './download.ts';

const token = '7000001:secret';
let server: ReturnType<typeof createServer>;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function fetching(answer: Parameters<typeof createServer>[1]) {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return downloader(`http://127.0.0.1:${port}`, token, 300);
}

it.each([
  ['breaks off', (end: () => void) => end()],
  ['stalls', () => undefined],
])('a file whose body %s can be asked for again, and the token is not told', async (_, then) => {
  const fetchFile = await fetching((_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('SPY,', () => then(() => response.destroy()));
  });
  const failed = await fetchFile('documents/a.csv').catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: 'PortError', code: 'unreachable' });
  expect(String(failed)).not.toContain('secret');
});

it('no more is read than one byte over the limit needs', async () => {
  let written = 0;
  const fetchFile = await fetching((_request, response) => {
    const more = () => {
      for (;;) {
        written += 65_536;
        if (written > 64 * 1024 * 1024 || !response.write(Buffer.alloc(65_536))) break;
      }
    };
    response.on('drain', more);
    more();
  });
  const bytes = await fetchFile('documents/a.csv');
  expect(bytes.length).toBeGreaterThan(1024 * 1024);
  expect(written).toBeLessThan(16 * 1024 * 1024);
});

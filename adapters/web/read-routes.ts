import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Images } from '../../bot/ports.ts';
import type { ActPorts } from './act-routes.ts';
import { streamChanges } from './event-stream.ts';
import { limits } from './limits.ts';
import { readOperation, toPage } from './view.ts';
import type { Visit } from './visitor.ts';

export interface ReadPorts extends ActPorts {
  readonly images: Images;
}

/** What the page reads: its history, the changes as they happen, charts as images, files. */
export function readRoutes(ports: ReadPorts): Hono<Visit> {
  const app = new Hono<Visit>();
  const { messages, live, log } = ports;

  /** The newest page of history, or the one before a position; `cursor` is where the stream goes on. */
  app.get('/history', async (c) => {
    const conversation = c.get('session').identity;
    const before = wholeNumber(c.req.query('before'));
    const rows = await messages.page(conversation, before, limits.historyPage + 1);
    const shown = rows.slice(-limits.historyPage);
    return c.json({
      messages: shown.map((row) => toPage(row, log)),
      cursor: rows.reduce((most, row) => Math.max(most, row.cursor), 0),
      more: rows.length > shown.length,
    });
  });

  app.get('/events', (c) => {
    const conversation = c.get('session').identity;
    if (live.count(conversation) >= limits.streamsPerConversation) {
      return c.json({ problem: 'Keel is open in too many tabs: close some, then reload.' }, 429);
    }
    const after =
      wholeNumber(c.req.header('last-event-id')) ?? wholeNumber(c.req.query('after')) ?? 0;
    return streamSSE(
      c,
      (stream) => streamChanges(ports, stream, conversation, after),
      async (error) => log.warn({ error: String(error) }, 'event stream ended'),
    );
  });

  app.get('/commands', (c) => c.json({ commands: ports.door().commands }));

  /** A chart of one of the visitor's own messages as PNG, to save or to open. */
  app.get('/images/:name{[0-9a-f]{64}\\.png}', async (c) => {
    const hash = c.req.param('name').slice(0, 64);
    const blocks = await blocksOf(c);
    const chart = blocks.find((block) => block.kind === 'chart' && block.hash === hash);
    if (chart?.kind !== 'chart') return c.json({ problem: 'There is no such chart here.' }, 404);
    const theme = c.req.query('theme') === 'dark' ? 'dark' : 'light';
    const png = await ports.images.png(chart.chart, theme);
    return c.body(new Uint8Array(png), 200, {
      'Content-Type': 'image/png',
      'Content-Disposition': 'inline; filename="keel-chart.png"',
    });
  });

  app.get('/files/:index{[0-9]{1,4}}', async (c) => {
    const file = (await blocksOf(c))[Number(c.req.param('index'))];
    if (file?.kind !== 'file') return c.json({ problem: 'There is no such file here.' }, 404);
    return c.body(file.content, 200, {
      // Never its own media type: what a person downloads is not run as a page of this origin.
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
  });

  async function blocksOf(c: Context<Visit>) {
    const position = wholeNumber(c.req.query('message'));
    const row = position === null ? null : await messages.at(c.get('session').identity, position);
    return row === null ? [] : readOperation(row, log).blocks;
  }

  return app;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

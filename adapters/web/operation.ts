import { z } from 'zod';
import { type FormatName, formats } from '../../bot/charts/formats.ts';
import type { ChartRole } from '../../bot/charts/spec.ts';

const formatSchema = z.custom<FormatName>((name) => typeof name === 'string' && name in formats);

/**
 * What the page shows, as JSON: a message is one operation, kept in the log and drawn by the page.
 * Rows are parsed by this schema when they are read back.
 */
const chartSchema = z.object({
  kind: z.enum(['doughnut', 'bars', 'lines', 'points']),
  title: z.string(),
  subtitle: z.string(),
  simulated: z.boolean(),
  valueFormat: formatSchema,
  axes: z.object({ x: z.string(), y: z.string(), xFormat: formatSchema }).optional(),
  labels: z.array(z.string()),
  series: z.array(
    z.object({
      name: z.string(),
      role: z.custom<ChartRole>((role) => typeof role === 'string'),
      roles: z.array(z.custom<ChartRole>((role) => typeof role === 'string')).optional(),
      values: z.array(z.number()),
      days: z.array(z.number()).optional(),
      at: z.array(z.number()).optional(),
      names: z.array(z.string()).optional(),
    }),
  ),
  logarithmic: z.boolean().optional(),
  stacked: z.boolean().optional(),
});

const factSchema = z.object({ label: z.string(), value: z.string() });

const blockSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    style: z.enum(['title', 'body', 'small']),
  }),
  z.object({ kind: z.literal('facts'), facts: z.array(factSchema) }),
  z.object({
    kind: z.literal('table'),
    title: z.string().optional(),
    columns: z.array(z.object({ label: z.string(), align: z.enum(['left', 'right']) })),
    rows: z.array(z.array(z.string())),
  }),
  z.object({
    kind: z.literal('chart'),
    chart: chartSchema,
    /** SHA-256 of the chart, in hex: names its PNG. */
    hash: z.string(),
    alt: z.string(),
  }),
  z.object({
    kind: z.literal('file'),
    name: z.string(),
    mediaType: z.string(),
    /** UTF-8 text. It stays on the server: the page gets the size and a link. */
    content: z.string(),
  }),
  /** A file the person sent. Its content went to the bot and is not kept here. */
  z.object({ kind: z.literal('upload'), name: z.string(), bytes: z.number() }),
  z.object({
    kind: z.literal('notice'),
    tone: z.enum(['disclosure', 'warning', 'error']),
    text: z.string(),
  }),
  z.object({
    kind: z.literal('progress'),
    label: z.string(),
    done: z.number(),
    total: z.number(),
  }),
]);

const look = { label: z.string(), style: z.enum(['primary', 'danger']).optional() };

const actionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), ...look, token: z.string() }),
  z.object({ kind: z.literal('link'), ...look, url: z.string() }),
  z.object({
    kind: z.literal('select'),
    ...look,
    token: z.string(),
    options: z.array(
      z.object({ label: z.string(), value: z.string(), note: z.string().optional() }),
    ),
  }),
  z.object({ kind: z.literal('form'), ...look, token: z.string() }),
]);

export const operationSchema = z.object({
  from: z.enum(['keel', 'you']),
  notify: z.enum(['normal', 'silent']),
  blocks: z.array(blockSchema),
  actions: z.array(actionSchema),
  /**
   * On the person's own message: the button it came from and where that stood. The page marks the
   * button; when the answer took the place of its message, the press is not told twice.
   */
  chose: z
    .object({ token: z.string(), value: z.string().optional(), position: z.number().optional() })
    .optional(),
  /** The bot could not store it: the page offers to send it again. */
  undelivered: z.boolean().optional(),
});

export type Operation = z.infer<typeof operationSchema>;
export type OperationBlock = Operation['blocks'][number];
export type OperationAction = Operation['actions'][number];

type FileBlock = Extract<OperationBlock, { kind: 'file' }>;
/** A file as the page sees it: `index` among the blocks names it in its address. */
export type PageFile = Omit<FileBlock, 'content'> & { bytes: number; index: number };
export type PageBlock = Exclude<OperationBlock, FileBlock> | PageFile;

/** A message as history and the event stream send it to the page. */
export interface PageMessage {
  /** Rises with every change; the event stream resumes after it. */
  readonly cursor: number;
  /** Where it stands in the conversation; stays when it is replaced. */
  readonly position: number;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly operation: Omit<Operation, 'blocks'> & { readonly blocks: readonly PageBlock[] };
}

/** What the page is told when it opens. */
export interface PageSession {
  readonly simulated: boolean;
  readonly limits: { readonly textLength: number; readonly fileBytes: number };
}

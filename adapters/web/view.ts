import type { Logger } from '../../bot/ports.ts';
import type { LoggedMessage } from './log.ts';
import { type Operation, operationSchema, type PageMessage } from './operation.ts';

/** The operation of a stored row. One that no longer reads is said to be so, never left out. */
export function readOperation(row: LoggedMessage, log: Logger): Operation {
  const parsed = operationSchema.safeParse(row.operation);
  if (parsed.success) return parsed.data;
  log.error({ cursor: row.cursor, error: parsed.error.message }, 'unreadable web message');
  return {
    from: 'keel',
    notify: 'silent',
    blocks: [
      { kind: 'notice', tone: 'error', text: 'This message is stored but can no longer be shown.' },
    ],
    actions: [],
  };
}

/** A stored row as the page gets it: files stay here and are fetched when they are wanted. */
export function toPage(row: LoggedMessage, log: Logger): PageMessage {
  const operation = readOperation(row, log);
  return {
    cursor: row.cursor,
    position: row.position,
    key: row.key,
    at: row.at,
    operation: {
      ...operation,
      blocks: operation.blocks.map((block, index) => {
        if (block.kind !== 'file') return block;
        const { content, ...rest } = block;
        return { ...rest, bytes: Buffer.byteLength(content), index };
      }),
    },
  };
}

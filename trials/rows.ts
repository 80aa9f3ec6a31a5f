import { sql } from 'drizzle-orm';
import { openDatabase } from '../adapters/store/index.ts';
import { quiet } from '../fakes/store.ts';

/** What the platforms differ in by nature, by table; everything else must be equal. */
const identities: Readonly<Record<string, readonly string[]>> = {
  workspaces: ['platform', 'installation'],
  identities: ['platform', 'installation', 'identity'],
  dialogues: ['conversation'],
  buttons: ['conversation'],
  inbox: ['update_key', 'conversation', 'platform', 'installation', 'identity'],
  outbox: [
    'conversation',
    'platform',
    'installation',
    'source_conversation',
    'identity',
    'message_ids',
  ],
  // Positions count across people: who was advised first.
  recommendations: ['position'],
  proposals: ['source', 'position'],
  audit_rows: ['hash', 'previous', 'payload_hash'],
  audit_payloads: ['salt'],
  audit_heads: ['hash', 'head'],
};
/** The web page keeps its own messages; Telegram keeps them itself. */
const leftOut = ['web_messages', 'bars', 'corporate_actions', 'price_sources'];

/** Every row of a folder's database, with generated ids and identities made alike, in a fixed order. */
export async function rowsOf(home: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const database = await openDatabase({ home, log: quiet });
  try {
    const read = async (statement: ReturnType<typeof sql>) => {
      const result = (await database.db.execute(statement)) as unknown as {
        rows: readonly Record<string, unknown>[];
      };
      return result.rows;
    };
    const tables = await read(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    const found = new Map<string, readonly string[]>();
    for (const { name } of tables) {
      const table = String(name);
      if (leftOut.includes(table)) continue;
      const rows = await read(sql`select * from ${sql.identifier(table)}`);
      found.set(table, rows.map((row) => alike(row, identities[table] ?? [])).sort());
    }
    return found;
  } finally {
    await database.close();
  }
}

function alike(row: Readonly<Record<string, unknown>>, differing: readonly string[]): string {
  const kept = Object.entries(row).map(([name, value]) => [
    name,
    differing.includes(name) ? '<identity>' : generated(value),
  ]);
  return JSON.stringify(Object.fromEntries(kept));
}

/** Random ids, tokens, hashes over them, and what an event says of its platform. */
function generated(value: unknown): unknown {
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return worn(value);
  if (Array.isArray(value)) return value.map(generated);
  if (typeof value === 'object' && value !== null) {
    // JSON keeps the order in which an adapter named its fields; that is no difference.
    const entries = Object.entries(value)
      // Only some platforms give a permission to answer; it is a secret of the delivery, like its id.
      .filter(([name]) => !(name === 'ticket' && 'source' in value))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([name, inside]) =>
        name === 'source' ||
        (name === 'message' && typeof inside === 'string') ||
        (name === 'id' && 'source' in value)
          ? [name, '<platform>']
          : // An act's name can be as long as a button's id; it says what was done and stays.
            [name, name === 'name' ? inside : generated(inside)],
      ),
    );
  }
  return value;
}

function worn(text: string): string {
  return text
    .replaceAll(/v1\.[\w-]{16}\.[\w-]{16}/g, '<token>')
    .replaceAll(/[0-9a-f]{64}/g, '<hash>')
    .replaceAll(/[0-9a-f]{32}/g, '<id>')
    .replaceAll(/record [0-9a-f]{8}/g, 'record <id>')
    .replaceAll(/person-[0-9a-f]{16}/g, '<pseudonym>')
    .replaceAll(/^[\w-]{16}$/g, '<button>');
}

/** A web log in memory, with the store's behaviour, for tests of the web chat alone. */
interface Entry {
  readonly key: string;
  readonly at: number;
  readonly operation: unknown;
  readonly replaces: { readonly keys: readonly string[]; readonly position: number | null };
}

interface Row {
  readonly cursor: number;
  readonly position: number;
  readonly key: string;
  readonly at: number;
  readonly operation: unknown;
}

export function createMemoryWebLog() {
  const conversations = new Map<string, Row[]>();
  let last = 0;
  const rows = (conversation: string) => conversations.get(conversation) ?? [];

  return {
    async put(conversation: string, entry: Entry): Promise<Row> {
      // As a database would: what is read back is JSON.
      const operation: unknown = JSON.parse(JSON.stringify(entry.operation));
      const keys = [entry.key, ...entry.replaces.keys];
      const old = rows(conversation).find(
        (row) => keys.includes(row.key) || row.position === entry.replaces.position,
      );
      if (old?.key === entry.key && JSON.stringify(old.operation) === JSON.stringify(operation)) {
        return old;
      }
      last += 1;
      const row = {
        cursor: last,
        position: old?.position ?? last,
        key: entry.key,
        at: entry.at,
        operation,
      };
      conversations.set(conversation, [...rows(conversation).filter((one) => one !== old), row]);
      return row;
    },
    async after(conversation: string, cursor: number, limit: number): Promise<Row[]> {
      return rows(conversation)
        .filter((row) => row.cursor > cursor)
        .sort((a, b) => a.cursor - b.cursor)
        .slice(0, limit);
    },
    async page(conversation: string, before: number | null, limit: number): Promise<Row[]> {
      return rows(conversation)
        .filter((row) => before === null || row.position < before)
        .sort((a, b) => a.position - b.position)
        .slice(-limit);
    },
    async at(conversation: string, position: number): Promise<Row | null> {
      return rows(conversation).find((row) => row.position === position) ?? null;
    },
    async erase(conversation: string): Promise<void> {
      conversations.delete(conversation);
    },
  };
}

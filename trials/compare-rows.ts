type Rows = ReadonlyMap<string, readonly string[]>;

/** Tables whose rows belong to all: one workspace, prices and inputs stored once. */
const shared = new Set(['workspaces', 'artifacts', 'audit_heads']);

/**
 * What differs between a clean run and one of so many times its people, table by table, in words;
 * empty when every row is there as often as it has to be.
 */
export function differences(clean: Rows, noisy: Rows, times: number): string[] {
  const found: string[] = [];
  for (const [table, rows] of clean) {
    const once = counts(rows.map(unnumbered));
    const many = counts((noisy.get(table) ?? []).map(unnumbered));
    for (const row of new Set([...once.keys(), ...many.keys()])) {
      const expected = (once.get(row) ?? 0) * (shared.has(table) ? 1 : times);
      const there = many.get(row) ?? 0;
      if (there === expected) continue;
      found.push(`${table}: ${there} rows instead of ${expected}: ${row.slice(0, 300)}`);
    }
  }
  return found;
}

/**
 * Without what only counts: rows of several people have other numbers. Slack's times count too: no two
 * messages have the same, so that a crowd at one moment spreads over some milliseconds.
 */
function unnumbered(row: string): string {
  const { id, seq, inbox_id, seen, event, ...rest } = JSON.parse(row) as Record<string, unknown>;
  return JSON.stringify({
    ...rest,
    ...(typeof id === 'string' && id.startsWith('<') ? { id } : {}),
    ...(event === undefined ? {} : { event: toTheSecond(event) }),
  });
}

function toTheSecond(event: unknown): unknown {
  const { at, ...rest } = event as { readonly at: number };
  return { ...rest, at: Math.floor(at / 1_000) };
}

function counts(rows: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row, (found.get(row) ?? 0) + 1);
  return found;
}

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { oracleCases, oraclesPresent } from './cases.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['engine', 'bot', 'adapters'];

/** Ids that test files ask for, written as a literal in `oracle('...')`. */
function idsUsed(): Map<string, string> {
  const used = new Map<string, string>();
  for (const room of rooms) {
    for (const entry of readdirSync(`${root}${room}`, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.test.ts')) continue;
      const path = `${entry.parentPath}/${entry.name}`;
      for (const [, id] of readFileSync(path, 'utf8').matchAll(
        /(?:\boracle|>)\(\s*'([a-z]+-\d{3})',?\s*\)/g,
      )) {
        used.set(id, path.slice(root.length));
      }
    }
  }
  return used;
}

describe.skipIf(!oraclesPresent)('oracle coverage (skipped without ../shared/oracles)', () => {
  it('asks only for oracle cases that exist, and says how many are covered', () => {
    const known = oracleCases();
    const used = idsUsed();
    const unknown = [...used].filter(([id]) => !known.has(id));
    console.log(
      `${used.size - unknown.length} oracle cases run, ${known.size - used.size + unknown.length} not yet covered`,
    );
    expect(unknown).toEqual([]);
    expect(used.size).toBeGreaterThan(0);
  });
});

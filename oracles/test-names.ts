import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['engine', 'bot', 'adapters'];

/** A test file of the project: its path from the root, and its text. */
export interface TestFile {
  readonly path: string;
  readonly text: string;
}

/** Every test file of the rooms. */
export function testFiles(): TestFile[] {
  return rooms.flatMap((room) =>
    readdirSync(`${root}${room}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
      .map((entry) => {
        const path = `${entry.parentPath}/${entry.name}`;
        return { path: path.slice(root.length), text: readFileSync(path, 'utf8') };
      }),
  );
}

/** A title as written: it('...'), it.skipIf(...)('...'), test(`...`). */
const title = /\b(?:it|test)(?:\.\w+(?:\([^()]*\))?)*\(\s*(['"`])((?:(?!\1)[\s\S])*)\1/g;
/** The table whose rows fill titles: it.each([...]), for (const [id, ...] of [...]). */
const table = /(?:\.each(?:<[^;]*?>)?\(|\bof )(\[[\s\S]*?\n?\s*\])(?: as const)?\)/g;
const id = /\b(?:opt-\d{3}|(?:ppo|skf|rf|paj)-[a-z0-9]+(?:-[a-z0-9]+)*)\b/g;

/** Ids of oracle cases that stand in the names of a file's tests, in titles or in rows that fill them. */
export function idsInNames({ text }: TestFile): Set<string> {
  const names = [...text.matchAll(title)].map((found) => found[2]);
  const rows = [...text.matchAll(table)].map((found) => found[1]);
  return new Set([...names, ...rows].flatMap((one) => one.match(id) ?? []));
}

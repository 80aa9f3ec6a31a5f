import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const room = fileURLToPath(new URL('.', import.meta.url));

const files = readdirSync(room, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .filter((entry) => !entry.name.endsWith('.test.ts') && !entry.name.endsWith('.d.ts'))
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(room.length).replace(/^\//, ''))
  .map((path) => ({ path, text: readFileSync(room + path, 'utf8') }));

/** Everything a file imports, by import, re-export, bare import, dynamic import or type query. */
function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]([^'"]+)['"]/g);
  return Array.from(found, (match) => match[1]);
}

/** Code without comments, where words are free. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}

describe('the engine', () => {
  it('is found whole by this test', () => {
    expect(files.map((file) => file.path)).toContain('panel.ts');
    expect(files.length).toBeGreaterThan(40);
  });

  it('imports nothing from outside itself, and packages only behind linalg/ and solvers/', () => {
    const offences = files.flatMap(({ path, text }) =>
      importsOf(text)
        .filter((target) => {
          if (!target.startsWith('.')) {
            const mayUsePackages = path.startsWith('linalg/') || path.startsWith('solvers/');
            return target.startsWith('node:') || !mayUsePackages;
          }
          const inside = new URL(target, `file:///engine/${path}`).pathname;
          return !inside.startsWith('/engine/');
        })
        .map((target) => `${path} imports ${target}`),
    );
    expect(offences).toEqual([]);
  });

  it('reads no clock, no chance, no process and writes no log', () => {
    const forbidden =
      /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\s*\)|\bprocess\.|\bconsole\.|\bperformance\.|\bfetch\(|\bsetTimeout\b|\bcrypto\./;
    const offences = files
      .map(({ path, text }) => ({ path, match: codeOf(text).match(forbidden) }))
      .filter(({ match }) => match !== null)
      .map(({ path, match }) => `${path} uses ${match![0]}`);
    expect(offences).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** Every import of a file that is not erased with its types. */
function imports(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return [...text.matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)';/gms)].map((m) => m[1]);
}

describe('what draws a chart', () => {
  test('runs on the page as it stands: it imports only its neighbours', () => {
    const seen = new Set(['./to-chartjs.ts', './bind-formats.ts']);
    for (const file of seen) {
      for (const name of imports(file)) {
        expect(name, `${file} imports ${name}`).toMatch(/^\.\/[a-z-]+\.ts$/);
        seen.add(name);
      }
    }
    expect(seen.size).toBeGreaterThan(7);
    expect([...seen]).toContain('./palette.ts');
  });
});

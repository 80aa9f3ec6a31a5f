import { describe, expect, it } from 'vitest';
import { readLimits } from './limits.ts';
import { createRules } from './message-rules.ts';
import { shaped, sized } from './refusal-cases.ts';
import { readSpec, schemaCheck, schemaMissing } from './schema.ts';
import type { Json } from './world.ts';

interface Case {
  readonly id: string;
  readonly constraint: string;
}

describe.skipIf(schemaMissing !== null)('the published invalid fixtures', () => {
  const rules = schemaMissing === null ? createRules(readLimits(), schemaCheck()) : null!;
  const { cases } = (
    schemaMissing === null
      ? readSpec('slack/slackblocks/fixtures/invalid/manifest.json')
      : { cases: [] }
  ) as { readonly cases: readonly Case[] };

  /** The sizes just outside and just inside a limit. */
  function sizes(constraint: string): readonly [outside: number, inside: number] {
    if (constraint === 'table.rows.max_items') return [101, 100];
    let limit: unknown = readSpec('slack/slackblocks/limits.json');
    for (const part of constraint.split('.')) limit = (limit as Json)[part];
    const size = Number(limit);
    if (constraint.endsWith('exclusive_min')) return [size, size + 1];
    return /\.min(_\w+)?$/.test(constraint) ? [size - 1, size] : [size + 1, size];
  }

  it.each(cases)('$id', ({ constraint }) => {
    const shape = shaped[constraint];
    const [outside, inside] = shape ? [0, 0] : sizes(constraint);
    const [refused, accepted] = shape ?? [sized[constraint](outside), sized[constraint](inside)];
    expect(() => refused(rules)).toThrow(/^invalid_/);
    accepted(rules);
  });

  it('covers every published case', () => {
    expect(cases.length).toBeGreaterThan(100);
  });
});

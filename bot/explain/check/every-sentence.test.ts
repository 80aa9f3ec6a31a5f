import { expect, test } from 'vitest';
import type { Cause, Driver } from '../../../engine/drivers/driver.ts';
import { explainDrivers } from '../drivers.ts';
import { labelled } from '../reword-labels.ts';
import type { Statement } from '../statement.ts';
import { checkRewording } from './check-rewording.ts';

const causes: readonly Cause[] = [
  'volatility',
  'correlation',
  'expected-returns',
  'policy',
  'goal',
  'wishes',
  'views',
  'holdings',
];

function changes(subject: string): Driver[][] {
  return causes.flatMap((first, at) =>
    [0.1, 0.3].flatMap((to) => {
      const change: Driver = {
        kind: 'change',
        subject,
        from: 0.2,
        to,
        causes: [
          { cause: first, contribution: to - 0.21 },
          { cause: causes[(at + 1) % causes.length], contribution: 0.01 },
        ],
      };
      const moves = (['volatility', 'expected-return'] as const).flatMap((what) =>
        [0.1, 0.2].map((now): Driver[] => [
          change,
          { kind: 'market-move', what, subject: 'stocks', from: 0.15, to: now },
        ]),
      );
      return [[change], ...moves];
    }),
  );
}

function limits(subject: string): Driver[][] {
  return (['at-least', 'at-most'] as const).flatMap((kind) =>
    [null, 0.0004].map((returnPerPoint): Driver[] => [
      {
        kind: 'binding-limit',
        binding: { limit: subject, kind, bound: 0.1, shadowPrice: 1, shadowUnit: 'return' },
        returnPerPoint,
      },
    ]),
  );
}

const sentences: readonly Statement[][] = ['SPY', 'cash'].flatMap((subject) =>
  [
    ...changes(subject),
    ...limits(subject),
    [{ kind: 'risk-share', asset: subject, weight: 0.2, share: 0.1 } satisfies Driver],
    [{ kind: 'held-back-by-cost', asset: subject, weight: 0.2, oneWayCost: 1e-6 } satisfies Driver],
  ].map(explainDrivers),
);

const textOf = (statements: readonly Statement[]) =>
  labelled(statements)
    .map(({ template }) => template)
    .join('\n');

test('every sentence that drivers make passes as it stands', () => {
  expect(sentences.length).toBeGreaterThan(100);
  for (const statements of sentences) {
    const verdict = checkRewording(statements, textOf(statements), 'en');
    expect(verdict, statements[0].template).toMatchObject({ ok: true });
    expect(verdict.ok && verdict.filled).toBe(statements.map(({ text }) => text).join('\n'));
  }
});

test('none passes with two of its facts exchanged or a direction turned round', () => {
  const turned = [
    ['rises?', 'falls'],
    ['falls?', 'rises'],
    ['rose', 'fell'],
    ['fell', 'rose'],
    ['most', 'least'],
    ['least', 'most'],
    ['more', 'less'],
    ['less', 'more'],
  ] as const;
  let lies = 0;
  const refuse = (statements: readonly Statement[], text: string) => {
    lies++;
    expect(checkRewording(statements, text, 'en').ok, text).toBe(false);
  };
  for (const statements of sentences) {
    const text = textOf(statements);
    const places = [...new Set(text.match(/\{\{fact:[a-z0-9-]+\}\}/g))];
    places.forEach((one, at) => {
      for (const other of places.slice(at + 1)) {
        const swapped = text.replace(/\{\{fact:[a-z0-9-]+\}\}/g, (place) =>
          place === one ? other : place === other ? one : place,
        );
        refuse(statements, swapped);
      }
    });
    for (const [from, to] of turned) {
      const flipped = text.replace(new RegExp(`\\b${from}\\b`), to);
      if (flipped !== text && !text.includes('less than')) refuse(statements, flipped);
    }
  }
  console.log(`every sentence: ${sentences.length} pass as they stand, 0 of ${lies} lies do`);
  expect(lies).toBeGreaterThan(1_000);
});

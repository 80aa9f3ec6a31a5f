import type { Problem } from '../problem.ts';

/** A linear program as text, row by row, for a solver that shares nothing with the engine. */
class Text {
  private readonly rows: string[] = [];

  row(
    terms: readonly (readonly [number, string])[],
    sense: '>=' | '<=' | '=',
    right: number,
  ): void {
    const said = terms
      .filter(([a]) => a !== 0)
      .map(([a, name]) => `${a < 0 ? '-' : '+'} ${Math.abs(a)} ${name}`);
    // Long lines are cut short by some readers.
    this.rows.push(`c${this.rows.length}: ${said.join('\n ')} ${sense} ${right}`);
  }

  program(objective: string, bounds: readonly string[]): string {
    return `Minimize\n obj: ${objective}\nSubject To\n ${this.rows.join('\n ')}\nBounds\n ${bounds.join('\n ')}\nEnd\n`;
  }
}

/** The textbook linear program of a measure's least value; every scenario and every limit is a row. */
export function leastRiskProgram(
  measure: 'cvar' | 'cdar' | 'mad' | 'worst' | 'mdd',
  problem: Problem,
  leastReturn?: number,
): string {
  const { limits, scenarios, confidence = 0.95, expectedReturns } = problem;
  const { returns, count } = scenarios!;
  const n = limits.lower.length;
  const p = scenarios!.probabilities ?? new Float64Array(count).fill(1 / count);
  const text = new Text();
  const weights = (a: (i: number) => number) =>
    Array.from({ length: n }, (_, i) => [a(i), `w${i}`] as const);
  text.row(
    weights(() => 1),
    '=',
    1,
  );
  for (const { coefficients, lower, upper } of limits.linear) {
    if (coefficients.every((a) => a === 0)) continue;
    if (lower > -Infinity)
      text.row(
        weights((i) => coefficients[i]),
        '>=',
        lower,
      );
    if (upper < Infinity)
      text.row(
        weights((i) => coefficients[i]),
        '<=',
        upper,
      );
  }
  if (leastReturn !== undefined)
    text.row(
      weights((i) => expectedReturns[i]),
      '>=',
      leastReturn,
    );
  const bounds = Array.from(limits.lower, (low, i) => `${low} <= w${i} <= ${limits.upper[i]}`);
  const drawdown = measure === 'cdar' || measure === 'mdd';
  const mean = weights((i) => {
    let sum = 0;
    for (let t = 0; t < count; t++) sum += p[t] * returns[t * n + i];
    return sum;
  });
  for (let t = 0; t < count; t++) {
    const r = weights((i) => returns[t * n + i]);
    if (drawdown) {
      // u_t >= u_(t-1) - return
      text.row([[1, `u${t}`], ...(t > 0 ? [[-1, `u${t - 1}`] as const] : []), ...r], '>=', 0);
    }
    const level: (readonly [number, string])[] = drawdown ? [[-1, `u${t}`]] : r;
    if (measure === 'worst' || measure === 'mdd') text.row([[1, 'a'], ...level], '>=', 0);
    if (measure === 'cvar' || measure === 'cdar')
      text.row([[1, `z${t}`], [1, 'a'], ...level], '>=', 0);
    if (measure === 'mad')
      text.row([[1, `z${t}`], ...r.map(([a, w], i) => [a - mean[i][0], w] as const)], '>=', 0);
  }
  const sum = (scale: (t: number) => number) =>
    Array.from(p, (_, t) => `+ ${scale(t)} z${t}`).join('\n ');
  if (measure === 'mad')
    return text.program(
      sum((t) => 2 * p[t]),
      bounds,
    );
  bounds.push('a free');
  if (measure === 'worst' || measure === 'mdd') return text.program('a', bounds);
  return text.program(`a ${sum((t) => p[t] / (1 - confidence))}`, bounds);
}

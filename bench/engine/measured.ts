/** Milliseconds of a task's calls. */
export interface Timing {
  readonly median: number;
  /** Of the very first call, whose code is not yet compiled to its best. */
  readonly first: number;
  readonly runs: number;
}

/** The middle one; the mean of the middle two is not a time that anything took. */
export function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1];
}

/**
 * Repeats a task: first apart for warming up, then counted.
 *
 * @param prepare makes what a call starts from, outside the clock
 * @param seconds of counted calls; at least three
 */
export function measured<Input, Answer>(
  prepare: () => Input,
  run: (input: Input) => Answer,
  seconds: number,
): { readonly timing: Timing; readonly answer: Answer } {
  const timed = () => {
    const input = prepare();
    const before = performance.now();
    const answer = run(input);
    return { took: performance.now() - before, answer };
  };
  const first = timed();
  let spent = first.took;
  for (let warm = 0; warm < 1000 && spent < 300 * seconds; warm++) spent += timed().took;
  const times: number[] = [];
  spent = 0;
  let { answer } = first;
  while (times.length < 3 || (spent < 1000 * seconds && times.length < 500)) {
    const one = timed();
    answer = one.answer;
    times.push(one.took);
    spent += one.took;
  }
  return { timing: { median: medianOf(times), first: first.took, runs: times.length }, answer };
}

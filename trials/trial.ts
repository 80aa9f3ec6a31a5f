/** What a trial came to. */
export interface Outcome {
  /** Which cases or what it is about, as it stands in the summary. */
  readonly name: string;
  readonly rounds: number;
  /** Processes that the system confirmed to have died of SIGKILL. */
  readonly killed: number;
  readonly seed: number;
  /** What did not hold, in words; empty when all did. */
  readonly violations: readonly string[];
}

export function summary({ name, rounds, killed, seed, violations }: Outcome): string {
  const kills = killed > 0 ? `${killed} killed by SIGKILL, ` : '';
  const verdict =
    violations.length === 0
      ? 'all held'
      : `${violations.length} VIOLATED\n${violations.join('\n')}`;
  return `${name}: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${kills}seed ${seed}, ${verdict}`;
}

/** An error with everything that caused it. */
export function toldBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  because: ${toldBy(error.cause)}`;
  return `${error.message}${cause}`;
}

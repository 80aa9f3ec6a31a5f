import { existsSync, readFileSync } from 'node:fs';

/** One published number to check the engine against: complete inputs, the answer and where it stands. */
export interface OracleCase<Inputs = Record<string, unknown>, Expected = unknown> {
  readonly id: string;
  readonly topic: string;
  readonly source: string;
  readonly inputs: Inputs;
  readonly expected: Expected;
  readonly tolerance: number;
}

const file = new URL('../../shared/oracles/cases.json', import.meta.url);

/** False on a machine without ../shared/oracles; tests that need them skip and say so. */
export const oraclesPresent = existsSync(file);

let cases: ReadonlyMap<string, OracleCase> | undefined;

/** Every case, by id; empty when the file is absent. */
export function oracleCases(): ReadonlyMap<string, OracleCase> {
  if (cases === undefined) {
    const list: OracleCase[] = oraclesPresent ? JSON.parse(readFileSync(file, 'utf8')) : [];
    cases = new Map(list.map((one) => [one.id, one]));
  }
  return cases;
}

/** The case of an id; an unknown id is a mistake in the test and throws. */
export function oracle<Inputs = Record<string, unknown>, Expected = unknown>(
  id: string,
): OracleCase<Inputs, Expected> {
  const found = oracleCases().get(id);
  if (found === undefined)
    throw new Error(`No oracle case ${id} in ../shared/oracles/cases.json; check the id.`);
  return found as OracleCase<Inputs, Expected>;
}

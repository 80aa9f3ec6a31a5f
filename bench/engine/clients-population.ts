import type { Client } from '../../engine/solvers/batch/index.ts';

/** One way, 10 basis points. */
const COST = 0.001;

/** One client in this many has maximums that leave no room for 100 %. */
const CRAMPED = 10_000;

/** A client to be filled again and again. */
export function emptyClient(n: number): Client {
  return {
    lower: new Float64Array(n),
    upper: new Float64Array(n),
    current: new Float64Array(n),
    tradingCosts: new Float64Array(n).fill(COST),
    riskAversion: 1,
  };
}

const state = new Int32Array(4);

/**
 * Fills in the client of an index: the same one for the same seed, whoever asks and in any order.
 * Risk aversion log-uniform from 1 to 20; some careful clients with tight maximums, some with wide
 * ones; a minimum for three assets in ten and one asset in fifty locked; a random present portfolio of
 * about twelve assets, often outside the bounds.
 */
export function fillClient(seed: number, index: number, client: Client): void {
  const { lower, upper, current } = client;
  const n = lower.length;
  reseed(seed, index);
  client.riskAversion = 20 ** uniform();
  const width = 0.1 + 0.5 * uniform();
  const cramped = index % CRAMPED === CRAMPED - 1;
  let held = 0;
  for (let i = 0; i < n; i++) {
    const value = uniform() < 0.4 ? 0 : -Math.log(1 - uniform());
    current[i] = value;
    held += value;
  }
  if (held === 0) held = current[0] = 1;
  for (let i = 0; i < n; i++) {
    current[i] /= held;
    const locked = uniform() < 0.02;
    lower[i] = locked ? current[i] : uniform() < 0.3 ? 0.04 * uniform() : 0;
    upper[i] = locked ? current[i] : lower[i] + 0.05 + width * uniform();
    if (cramped) lower[i] = 0;
    if (cramped) upper[i] = (0.99 * uniform()) / n;
  }
}

/** The generator sfc32 in one place, so that a million seeds allocate nothing. */
function reseed(seed: number, index: number): void {
  state[0] = seed;
  state[1] = index;
  state[2] = 0x9e3779b9;
  state[3] = 1;
  for (let i = 0; i < 12; i++) uniform();
}

/** Uniform in [0, 1), 32 bits. */
function uniform(): number {
  const sum = (state[0] + state[1] + state[3]++) | 0;
  state[0] = state[1] ^ (state[1] >>> 9);
  state[1] = state[2] + (state[2] << 3);
  state[2] = ((state[2] << 21) | (state[2] >>> 11)) + sum;
  return (sum >>> 0) / 2 ** 32;
}

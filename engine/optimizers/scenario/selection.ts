import { levelsIn, type RiskData } from './risk-data.ts';
import { holdingsOf, type RiskModel } from './risk-model.ts';
import type { RiskProgram } from './risk-program.ts';

/** Below this many variables all are solved at once. */
const fewVariables = 64;
/** Variables that join in one round. */
const joining = 40;
/** Below this many periods all are solved at once. */
const fewPeriods = 150;

/**
 * The variables and periods that the interior-point method is shown. The others stay where they are;
 * leaving out a period from a tail or a worst case only lowers the risk, so bounds stay true.
 */
export class Selection {
  private readonly data: RiskData;
  private readonly model: RiskModel;
  private readonly at: Float64Array;
  private readonly chosen: Uint8Array;
  private members: number[] = [];
  /** Null: all. */
  private shown: Uint8Array | null = null;
  private periods: Int32Array;
  private rows: number[] = [];
  private rowSize: number[] = [];

  constructor(data: RiskData, model: RiskModel, start: Float64Array) {
    this.data = data;
    this.model = model;
    this.at = start.slice();
    const total = start.length;
    this.chosen = new Uint8Array(total);
    const free = (j: number) => model.lower[j] < model.upper[j];
    const weights = holdingsOf(model, start);
    if (total <= fewVariables) for (let j = 0; j < total; j++) this.chosen[j] = free(j) ? 1 : 0;
    else this.firstVariables(weights);
    this.periods = Int32Array.from({ length: data.count }, (_, t) => t);
    const { shape, path } = data.measure;
    if ((shape === 'tail' || shape === 'worst') && path === 'loss' && data.count > fewPeriods)
      this.firstPeriods();
  }

  /** Whether nothing is left out. */
  get complete(): boolean {
    if (this.shown !== null) return false;
    const { lower, upper } = this.model;
    return this.chosen.every((one, j) => one === 1 || lower[j] === upper[j]);
  }

  /** Where the start already is inside, every further variable, and assets that swing least. */
  private firstVariables(weights: Float64Array): void {
    const { data, model, chosen, at } = this;
    const { lower, upper } = model;
    for (let j = 0; j < at.length; j++) {
      const inside = at[j] > lower[j] && at[j] < upper[j];
      if ((inside || j >= model.assets) && lower[j] < upper[j]) chosen[j] = 1;
    }
    const { count, series } = data;
    const whole = new Float64Array(count);
    for (let i = 0; i < weights.length; i++)
      for (let t = 0; t < count; t++) whole[t] += series[i * count + t] / weights.length;
    const own = new Float64Array(weights.length);
    const shared = new Float64Array(weights.length);
    for (let i = 0; i < weights.length; i++) {
      const from = i * count;
      for (let t = 0; t < count; t++) {
        own[i] += series[from + t] ** 2;
        shared[i] += series[from + t] * whole[t];
      }
    }
    for (const score of [own, shared]) {
      const order = Array.from(score, (_, i) => i).sort((a, b) => score[a] - score[b] || a - b);
      for (const i of order.slice(0, fewVariables / 2)) if (lower[i] < upper[i]) chosen[i] = 1;
    }
  }

  /** Periods in which the first variables, held alike, lose most. */
  private firstPeriods(): void {
    const { data, model, chosen } = this;
    const alike = new Float64Array(model.assets);
    let number = 0;
    for (let i = 0; i < alike.length; i++) number += chosen[i];
    for (let i = 0; i < alike.length; i++) alike[i] = chosen[i] / Math.max(number, 1);
    const levels = levelsIn(data, alike);
    const order = Array.from(levels, (_, t) => t).sort((a, b) => levels[b] - levels[a] || a - b);
    const share = data.measure.shape === 'worst' ? 0.05 : 2.5 * data.tail;
    const shown = new Uint8Array(data.count);
    let mass = 0;
    let taken = 0;
    for (const t of order) {
      if (mass >= share && taken >= fewPeriods) break;
      shown[t] = 1;
      mass += data.probabilities[t];
      taken++;
    }
    this.shown = shown;
    this.periods = Int32Array.from(order.slice(0, taken)).sort();
  }

  /** The program over what is selected. */
  program(): RiskProgram {
    const { data, model, chosen, at, periods } = this;
    const { lower, upper } = model;
    const members: number[] = [];
    for (let j = 0; j < at.length; j++) if (chosen[j] === 1) members.push(j);
    this.members = members;
    const size = members.length;
    const count = periods.length;
    const series = new Float64Array(size * count);
    members.forEach((j, k) => {
      this.returnsOf(j, series, k * count);
    });
    const offset = new Float64Array(count);
    const one = new Float64Array(count);
    for (let j = 0; j < at.length; j++) {
      if (chosen[j] === 1 || at[j] === 0) continue;
      this.returnsOf(j, one, 0);
      for (let t = 0; t < count; t++) offset[t] += at[j] * one[t];
    }
    this.rows = [];
    this.rowSize = [];
    const coefficients: number[][] = [];
    const sides: number[][] = [];
    model.rows.forEach((row, r) => {
      let largest = 0;
      for (const j of members) largest = Math.max(largest, Math.abs(row.coefficients[j]));
      // A row over what stands still was kept at the start and stays so.
      if (largest === 0) return;
      let still = 0;
      for (let j = 0; j < at.length; j++) if (chosen[j] === 0) still += row.coefficients[j] * at[j];
      const { least, most } = this.reach(row.coefficients);
      const low = row.lower - still <= least ? -Infinity : row.lower - still;
      const high = row.upper - still >= most ? Infinity : row.upper - still;
      if (low === -Infinity && high === Infinity) return;
      this.rows.push(r);
      this.rowSize.push(largest);
      coefficients.push(members.map((j) => row.coefficients[j] / largest));
      sides.push([low / largest, high / largest]);
    });
    return {
      shape: data.measure.shape,
      drawdown: data.measure.path === 'drawdown',
      probabilities: Float64Array.from(periods, (t) => data.probabilities[t]),
      tail: data.tail,
      series,
      offset,
      lower: Float64Array.from(members, (j) => lower[j]),
      upper: Float64Array.from(members, (j) => (this.needless(j) ? Infinity : upper[j])),
      rows: Float64Array.from(coefficients.flat()),
      rowLower: Float64Array.from(sides, (side) => side[0]),
      rowUpper: Float64Array.from(sides, (side) => side[1]),
      cost: Float64Array.from(members, (j) => model.cost?.[j] ?? 0),
      start: new Float64Array(size).fill(1 / size),
    };
  }

  /** What a row of the members can come to within their bounds alone. */
  private reach(coefficients: Float64Array): { least: number; most: number } {
    const { lower, upper } = this.model;
    let least = 0;
    let most = 0;
    for (const j of this.members) {
      const a = coefficients[j];
      if (a === 0) continue;
      least += a > 0 ? a * lower[j] : a * upper[j];
      most += a > 0 ? a * upper[j] : a * lower[j];
    }
    return { least, most };
  }

  /** Upper bounds that the whole implies need no barrier of their own. */
  private needless(j: number): boolean {
    const { model } = this;
    return model.implied?.[j] === 1;
  }

  private returnsOf(j: number, into: Float64Array, from: number): void {
    const { data, model, periods } = this;
    const { count, series } = data;
    const length = periods.length;
    if (j < model.assets) {
      const at = j * count;
      for (let t = 0; t < length; t++) into[from + t] = series[at + periods[t]];
      return;
    }
    into.fill(0, from, from + length);
    const holding = model.holdings[j - model.assets];
    if (holding === null) return;
    for (let i = 0; i < holding.length; i++) {
      if (holding[i] === 0) continue;
      for (let t = 0; t < length; t++)
        into[from + t] += holding[i] * series[i * count + periods[t]];
    }
  }

  /** A point of the program as one of the model. */
  expand(x: Float64Array): Float64Array {
    const all = this.at.slice();
    this.members.forEach((j, k) => {
      all[j] = x[k];
    });
    return all;
  }

  allPeriods(shares: Float64Array): Float64Array {
    const all = new Float64Array(this.data.count);
    this.periods.forEach((t, k) => {
      all[t] = shares[k];
    });
    return all;
  }

  allRows(prices: Float64Array): Float64Array {
    const all = new Float64Array(this.model.rows.length);
    this.rows.forEach((r, k) => {
      all[r] = prices[k] / this.rowSize[k];
    });
    return all;
  }

  /** Takes in periods that count after all and variables that would lower the risk; false when none. */
  grow(
    x: Float64Array,
    threshold: number,
    found: { risk: number; reduced: Float64Array },
  ): boolean {
    const { data, model, chosen, at } = this;
    let grew = false;
    if (this.shown !== null) {
      const levels = levelsIn(data, holdingsOf(model, x));
      const { shown } = this;
      const hidden = levels.some((level, t) => shown[t] === 0 && level > threshold + 1e-9);
      if (hidden) {
        grew = true;
        // With a margin, so that the next rounds need no more.
        const from = threshold - 0.15 * Math.abs(threshold);
        levels.forEach((level, t) => {
          if (level > from) shown[t] = 1;
        });
        const kept: number[] = [];
        for (let t = 0; t < shown.length; t++) if (shown[t] === 1) kept.push(t);
        this.periods = Int32Array.from(kept);
      }
    }
    const gains: { j: number; gain: number }[] = [];
    const least = 1e-10 * Math.max(Math.abs(found.risk), 1e-3 * data.unit);
    for (let j = 0; j < at.length; j++) {
      if (chosen[j] === 1 || model.lower[j] === model.upper[j]) continue;
      const slope = found.reduced[j];
      const gain = at[j] <= model.lower[j] ? -slope : slope;
      if (gain > least) gains.push({ j, gain });
    }
    gains.sort((a, b) => b.gain - a.gain || a.j - b.j);
    for (const { j } of gains.slice(0, joining)) chosen[j] = 1;
    return grew || gains.length > 0;
  }
}

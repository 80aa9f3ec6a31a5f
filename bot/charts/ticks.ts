import type { FormatName } from './formats.ts';

/** Where an axis is marked, and how the marks read. */
export interface Ticks {
  readonly at: readonly number[];
  readonly format: FormatName;
}

const dayOf = (year: number, month: number) => Date.UTC(year, month, 1) / 86_400_000;

/** Marks of a time axis: first days of years or, for spans under three years, of months; at most `most`. */
export function timeTicks(first: number, last: number, most = 6): Ticks {
  const from = new Date(first * 86_400_000);
  const years = (last - first) / 365.25;
  const perYear = years >= 3;
  const start = from.getUTCFullYear() * 12 + (perYear ? 0 : from.getUTCMonth());
  const steps = perYear ? [12, 24, 36, 60, 120, 240] : [1, 2, 3, 6, 12];
  for (const step of steps) {
    const at: number[] = [];
    // Aligned to multiples of the step, so that marks fall on round years.
    for (let month = Math.ceil(start / step) * step; ; month += step) {
      const day = dayOf(Math.floor(month / 12), month % 12);
      if (day > last) break;
      if (day >= first) at.push(day);
    }
    if (at.length <= most) return { at, format: perYear ? 'year' : 'month' };
  }
  return { at: [first, last], format: 'year' };
}

/** Round marks of a linear value axis that cover [least, greatest]; at most `most` or so. */
export function valueTicks(
  least: number,
  greatest: number,
  format: FormatName,
  most = 5,
): Ticks & { readonly min: number; readonly max: number } {
  const span = greatest - least || Math.abs(greatest) || 1;
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999)!;
  const low = Math.floor(least / step + 1e-9);
  const high = Math.ceil(greatest / step - 1e-9);
  const at = Array.from({ length: high - low + 1 }, (_, i) =>
    Number(((low + i) * step).toPrecision(12)),
  );
  return { at, format, min: at[0], max: at[at.length - 1] };
}

/** Marks of a logarithmic axis: 1, 2 and 5 times powers of ten within the range, thinned to `most`. */
export function logTicks(least: number, greatest: number, format: FormatName, most = 6): Ticks {
  for (const multiples of [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]) {
    const at: number[] = [];
    for (let e = Math.floor(Math.log10(least)); e <= Math.ceil(Math.log10(greatest)); e++) {
      for (const m of multiples) {
        const value = Number((m * 10 ** e).toPrecision(12));
        if (value >= least * 0.999 && value <= greatest * 1.001) at.push(value);
      }
    }
    if (at.length <= most) return { at, format };
  }
  return { at: [least, greatest], format };
}

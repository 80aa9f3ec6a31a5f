import type { FormatName } from './formats.ts';
import type { Ticks } from './ticks.ts';

/** A Chart.js configuration without its functions: plain data that can be posted, stored and compared. */
export interface PlainChart {
  readonly type: 'doughnut' | 'bar' | 'line' | 'scatter';
  readonly size: { readonly width: number; readonly height: number };
  readonly data: {
    readonly labels?: readonly (string | readonly string[])[];
    readonly datasets: readonly PlainData[];
  };
  readonly options: Readonly<Record<string, unknown>>;
  /** What `bindFormats` turns into functions. */
  readonly names: {
    readonly value: FormatName;
    readonly x?: Ticks;
    readonly y?: Ticks;
    /** What is written where: values at bar ends, inside segments or slices; names beside points; nothing. */
    readonly values: 'ends' | 'inside' | 'beside' | 'none';
    /** Values smaller than this have no room for theirs. */
    readonly roomFrom: number;
  };
}

type PlainData = Readonly<Record<string, unknown>>;

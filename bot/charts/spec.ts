import type { FormatName } from './formats.ts';

/** A chart as plain data: one spec is drawn as PNG for chats and live on the web page. */
export interface ChartSpec {
  readonly kind: 'doughnut' | 'bars' | 'lines';
  readonly title: string;
  /** Units, period, and the word "simulated" where the data is. */
  readonly subtitle: string;
  readonly simulated: boolean;
  readonly valueFormat: FormatName;
  /** For 'bars' and 'doughnut': one label per value. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  /** For 'lines': a logarithmic value axis. */
  readonly logarithmic?: boolean;
}

export interface ChartSeries {
  readonly name: string;
  /** A role, not a colour: the palette is one table shared by every surface. */
  readonly role:
    | 'recommended'
    | 'today'
    | 'benchmark'
    | 'muted'
    | 'loss'
    | 'gain'
    | `asset-${number}`;
  /** For 'bars' and 'doughnut': one value per label. For 'lines': one per day. */
  readonly values: readonly number[];
  /** For 'lines': UTC day numbers. */
  readonly days?: readonly number[];
}

import type { FormatName } from './formats.ts';

/** A chart as plain data: one spec is drawn as PNG for chats and live on the web page. */
export interface ChartSpec {
  readonly kind: 'doughnut' | 'bars' | 'lines' | 'points';
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
  /** For 'points': what the two axes measure; `valueFormat` is that of the upright one. */
  readonly axes?: { readonly x: string; readonly y: string; readonly xFormat: FormatName };
  /** For 'bars': the series of a label stand end to end instead of side by side. */
  readonly stacked?: boolean;
}

/** A role, not a colour: the palette is one table shared by every surface. */
export type ChartRole =
  | 'recommended'
  | 'today'
  | 'benchmark'
  | 'muted'
  | 'loss'
  | 'gain'
  | `asset-${number}`;

export interface ChartSeries {
  readonly name: string;
  readonly role: ChartRole;
  /** For 'bars' and 'doughnut': one role per label, where labels differ in colour. */
  readonly roles?: readonly ChartRole[];
  /** For 'bars' and 'doughnut': one value per label. 'lines': one per day. 'points': one per point. */
  readonly values: readonly number[];
  /** For 'lines': UTC day numbers. */
  readonly days?: readonly number[];
  /** For 'points': where each stands on the level axis. */
  readonly at?: readonly number[];
  /** For 'points': the name beside each; without names the points are one curve. */
  readonly names?: readonly string[];
}

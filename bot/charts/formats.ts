/** Number formats by name, so that a chart spec stays plain data in the worker and on the page. */
export const formats = {
  percent: (value: number) => `${(value * 100).toFixed(1)} %`,
  'percent-signed': (value: number) =>
    `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value * 100).toFixed(1)} %`,
  usd: (value: number) =>
    `${value < 0 ? '−' : ''}$${Math.abs(value).toLocaleString('en-US', { maximumFractionDigits: 0 })}`,
  ratio: (value: number) => value.toFixed(2),
} as const satisfies Record<string, (value: number) => string>;

export type FormatName = keyof typeof formats;

const minus = (value: number, shown: string) => (value < 0 && /[1-9]/.test(shown) ? '-' : '');

/** Drops the decimals of a whole percent: axis marks read "20 %", not "20.0 %". */
const shortPercent = (value: number) => {
  const shown = Math.abs(value * 100).toFixed(1);
  return `${minus(value, shown)}${shown.replace(/\.0$/, '')} %`;
};

const signed = (value: number) => {
  const shown = Math.abs(value * 100).toFixed(1);
  return `${/[1-9]/.test(shown) ? (value > 0 ? '+' : '-') : ''}${shown} %`;
};

/** Number formats by name, so that a chart spec stays plain data in the worker and on the page. */
export const formats = {
  percent: (value: number) => {
    const shown = Math.abs(value * 100).toFixed(1);
    return `${minus(value, shown)}${shown} %`;
  },
  'percent-signed': signed,
  'percent-short': shortPercent,
  usd: (value: number) => {
    const shown = Math.abs(value).toLocaleString('en-US', { maximumFractionDigits: 0 });
    return `${minus(value, shown)}$${shown}`;
  },
  'usd-short': (value: number) => {
    const size = Math.abs(value);
    const [scaled, suffix] =
      size >= 1e6 ? [size / 1e6, 'm'] : size >= 1e4 ? [size / 1e3, 'k'] : [size, ''];
    const shown = scaled.toLocaleString('en-US', { maximumFractionDigits: suffix ? 1 : 0 });
    return `${minus(value, shown)}$${shown}${suffix}`;
  },
  ratio: (value: number) => value.toFixed(2),
  /** Of a UTC day number: "2019". */
  year: (day: number) => String(new Date(day * 86_400_000).getUTCFullYear()),
  /** Of a UTC day number: "Mar 2020". */
  month: (day: number) =>
    new Date(day * 86_400_000).toLocaleDateString('en-US', {
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }),
} as const satisfies Record<string, (value: number) => string>;

export type FormatName = keyof typeof formats;

/** The shorter form that an axis uses for a value format. */
export function axisFormat(name: FormatName): FormatName {
  if (name === 'percent' || name === 'percent-signed') return 'percent-short';
  return name === 'usd' ? 'usd-short' : name;
}

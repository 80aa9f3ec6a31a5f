import type { ChartRole } from './spec.ts';

export type Theme = 'light' | 'dark';

/** Surfaces and text of a chart. */
export interface ThemeColours {
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
}

export const themes: Readonly<Record<Theme, ThemeColours>> = {
  light: { background: '#FFFFFF', text: '#18212C', quiet: '#5A6675', grid: '#E7EBF0' },
  dark: { background: '#141A22', text: '#E9EDF2', quiet: '#9DA9B7', grid: '#2A3440' },
};

type NamedRole = Exclude<ChartRole, `asset-${number}`>;

/** After Okabe and Ito (2008): told apart with every common colour blindness, in both themes. */
const named: Readonly<Record<Theme, Readonly<Record<NamedRole, string>>>> = {
  light: {
    recommended: '#0072B2',
    today: '#E69F00',
    benchmark: '#7B8896',
    muted: '#C3CBD5',
    loss: '#D55E00',
    gain: '#009E73',
  },
  dark: {
    recommended: '#56B4E9',
    today: '#F2B53A',
    benchmark: '#A5B0BD',
    muted: '#4B5664',
    loss: '#F0834D',
    gain: '#35C596',
  },
};

/**
 * One hue per asset class, shades within it, darkest first. The order is that of the classes in the
 * catalogue: stocks, bonds, real assets, crypto, cash. `asset-CSS` is shade SS of class C.
 */
const families: readonly (readonly string[])[] = [
  ['#0072B2', '#56B4E9', '#0A4C7A', '#8CCBF0', '#2E8BC4', '#B5DDF5', '#1B5F90'],
  [
    '#009E73',
    '#6BC9AC',
    '#00694D',
    '#9ADBC7',
    '#2DB389',
    '#C1E9DD',
    '#138562',
    '#7FD1B8',
    '#004F3A',
  ],
  ['#E69F00', '#F4C766', '#B87F00', '#F8DC9F', '#D98E04'],
  ['#CC79A7', '#E3B2CD', '#A65A85'],
  ['#9AA5B1', '#C3CBD5'],
];

/** How many shades stand apart before the next class begins. */
export const shadesPerClass = 100;

/** The colour of a role. An asset keeps its colour in every chart and theme. */
export function colourOf(role: ChartRole, theme: Theme): string {
  if (!role.startsWith('asset-')) return named[theme][role as NamedRole];
  const index = Number(role.slice('asset-'.length));
  const family = families[Math.floor(index / shadesPerClass) % families.length];
  return family[(index % shadesPerClass) % family.length];
}

/** Black or white, whichever reads better on a colour (WCAG relative luminance). */
export function inkOn(colour: string): string {
  const channel = (start: number) => {
    const c = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.2 ? '#10161E' : '#FFFFFF';
}

import { type Theme, themes } from './palette.ts';
import type { ChartSpec } from './spec.ts';

export const fontFamily = 'Inter, system-ui, sans-serif';
/** Points across: a phone's width. */
export const chartWidth = 480;

/** How every axis looks: quiet marks, no border. */
export function scaleLook(theme: Theme, grid: boolean) {
  const { quiet, grid: line } = themes[theme];
  return {
    grid: { display: grid, color: line, drawTicks: false },
    border: { display: false },
    ticks: { color: quiet, maxRotation: 0, autoSkip: false, padding: 6, font: { size: 12 } },
  };
}

/** Title, subtitle, legend and padding: the same on every chart. */
export function common(spec: ChartSpec, theme: Theme, legend: 'top' | 'right' | 'none') {
  const { text, quiet } = themes[theme];
  return {
    responsive: false,
    animation: false,
    devicePixelRatio: 2,
    font: { family: fontFamily, size: 13 },
    color: text,
    layout: { padding: 16 },
    plugins: {
      title: {
        display: true,
        text: wrap(spec.title, 44),
        align: 'start',
        color: text,
        font: { family: fontFamily, size: 18, weight: 600 },
        padding: { bottom: 4 },
      },
      subtitle: {
        display: spec.subtitle !== '',
        text: wrap(spec.subtitle, 70),
        align: 'start',
        color: quiet,
        font: { family: fontFamily, size: 12.5 },
        padding: { bottom: 10 },
      },
      legend: {
        display: legend !== 'none',
        position: legend === 'right' ? 'right' : 'top',
        align: legend === 'right' ? 'center' : 'start',
        labels: {
          color: text,
          font: { family: fontFamily, size: 13 },
          usePointStyle: true,
          pointStyle: 'rectRounded',
          boxWidth: 10,
          boxHeight: 9,
          padding: legend === 'right' ? 7 : 12,
        },
      },
      datalabels: { font: { family: fontFamily, size: 12, weight: 600 }, clip: false },
    },
  };
}

/** Breaks a text into lines of at most `most` characters at its spaces. */
export function wrap(text: string, most: number): string | string[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const row = rows.at(-1);
    if (row !== undefined && row.length + 1 + word.length <= most) {
      rows[rows.length - 1] = `${row} ${word}`;
    } else rows.push(word);
  }
  return rows.length === 1 ? rows[0] : rows;
}

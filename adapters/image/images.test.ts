import { createCanvas, loadImage } from 'canvas';
import { afterAll, describe, expect, test } from 'vitest';
import { allocationChart } from '../../bot/charts/allocation.ts';
import { drawdownChart } from '../../bot/charts/drawdown.ts';
import { growthChart } from '../../bot/charts/growth.ts';
import { themes } from '../../bot/charts/palette.ts';
import { profilesChart } from '../../bot/charts/profiles.ts';
import type { ChartSpec } from '../../bot/charts/spec.ts';
import { createImages } from './index.ts';

const images = createImages({ threads: 1 });
afterAll(() => images.close());

const days = Int32Array.from({ length: 1000 }, (_, i) => 18_000 + i);
const line = {
  name: 'Recommended',
  role: 'recommended' as const,
  values: Array.from(days, (_, i) => 100 + i / 10 + 10 * Math.sin(i / 40)),
};
const row = (asset: string, today: number, recommended: number) => ({ asset, today, recommended });
const specs: Readonly<Record<string, { spec: ChartSpec; height: number }>> = {
  allocation: {
    spec: allocationChart({
      pricedOn: 20_574,
      simulated: false,
      rows: ['SPY', 'QQQ', 'AGG', 'TLT', 'GLD', 'IEF', 'VNQ', 'DBC', 'EFA', 'CASH'].map((asset) =>
        row(asset, 0.1, 0.1),
      ),
    }),
    height: 600,
  },
  profiles: {
    spec: profilesChart({
      pricedOn: 20_574,
      simulated: true,
      profiles: [{ name: 'Balanced', weights: [{ asset: 'SPY', weight: 1 }] }],
    }),
    height: 360,
  },
  growth: {
    spec: growthChart({
      lines: [line],
      days,
      afterCosts: true,
      simulated: false,
      logarithmic: true,
    }),
    height: 360,
  },
  drawdown: { spec: drawdownChart({ lines: [line], days, simulated: false }), height: 360 },
  doughnut: {
    spec: {
      kind: 'doughnut',
      title: 'Recommended allocation',
      subtitle: 'Share of value',
      simulated: false,
      valueFormat: 'percent',
      labels: ['Stocks', 'Bonds'],
      series: [
        {
          name: 'Shares',
          role: 'recommended',
          roles: ['asset-0', 'asset-100'],
          values: [0.6, 0.4],
        },
      ],
    },
    height: 360,
  },
};

async function decode(png: Uint8Array) {
  const image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return { width: image.width, height: image.height, data };
}

const hex = (data: Uint8ClampedArray, at: number) =>
  `#${[0, 1, 2].map((i) => data[at + i].toString(16).padStart(2, '0')).join('')}`.toUpperCase();

describe('chart images', () => {
  for (const [name, { spec, height }] of Object.entries(specs)) {
    for (const theme of ['light', 'dark'] as const) {
      test(`${name} in ${theme} has its size, its background, a title and something drawn`, async () => {
        const picture = await decode(await images.png(spec, theme));
        expect([picture.width, picture.height]).toEqual([960, height * 2]);
        const background = themes[theme].background;
        expect(hex(picture.data, 0)).toBe(background);
        const inked = (fromRow: number, toRow: number) => {
          let count = 0;
          for (let at = fromRow * 960 * 4; at < toRow * 960 * 4; at += 4) {
            if (hex(picture.data, at) !== background) count++;
          }
          return count;
        };
        // Without a font the title's rows would be empty, without an error.
        expect(inked(32, 76)).toBeGreaterThan(1000);
        expect(inked(200, height * 2)).toBeGreaterThan(3000);
      });
    }
  }

  test('are the same bytes from another worker', async () => {
    const other = createImages({ threads: 1 });
    const [first, second] = await Promise.all([
      images.png(specs.growth.spec, 'light'),
      other.png(specs.growth.spec, 'light'),
    ]);
    await other.close();
    expect(Buffer.compare(first, second)).toBe(0);
  });

  test('asked again come from memory', async () => {
    const first = await images.png(specs.growth.spec, 'light');
    expect(await images.png({ ...specs.growth.spec }, 'light')).toBe(first);
  });

  test('a spec that cannot be drawn is refused and not remembered', async () => {
    const broken = { ...specs.growth.spec, series: null } as unknown as ChartSpec;
    await expect(images.png(broken, 'light')).rejects.toThrow();
    await expect(images.png(broken, 'light')).rejects.toThrow();
    expect((await images.png(specs.growth.spec, 'dark')).length).toBeGreaterThan(1000);
  });

  test('leave no canvas behind: each would keep 3 MB', async () => {
    const different = (i: number) => ({ ...specs.drawdown.spec, title: `Chart ${i}` });
    for (let i = 0; i < 20; i++) await images.png(different(i), 'light');
    const before = process.memoryUsage.rss();
    for (let i = 20; i < 80; i++) await images.png(different(i), 'light');
    const grownMb = (process.memoryUsage.rss() - before) / 2 ** 20;
    // 60 leaked canvases would be 180 MB; trials/chart-memory.ts looks closer.
    expect(grownMb).toBeLessThan(70);
  });
});

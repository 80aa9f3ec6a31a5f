import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type KeelProcess, startKeel } from './keel-process.ts';

type Settings = Readonly<Record<string, string>>;

/** 600 weekdays of two assets up to yesterday: enough to start on, and quick to load. */
export function smallMarket(): string {
  const today = Math.floor(Date.now() / 86_400_000);
  const days = Array.from({ length: 840 }, (_, at) => today - 840 + at).filter(
    (day) => (day + 4) % 7 !== 0 && (day + 4) % 7 !== 6,
  );
  const rows = days.map((day, at) => {
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    return `${date},${400 + (at % 17)},${100 + (at % 5)}`;
  });
  return `date,SPY,AGG\n${rows.join('\n')}\n`;
}

/** Starts and stops real processes on homes of their own, and looks at what they say and leave. */
export function openStartBench() {
  const folder = mkdtempSync(join(tmpdir(), 'keel-start-'));
  const prices = join(folder, 'prices.csv');
  writeFileSync(prices, smallMarket());
  const running: KeelProcess[] = [];

  function keel(settings: Settings, cwd?: string): KeelProcess {
    const started = startKeel({ KEEL_PRICES: `csv:${prices}`, ...settings }, cwd);
    running.push(started);
    return started;
  }

  return {
    folder,
    /** A folder that is not there yet. */
    newHome: () => join(folder, randomBytes(4).toString('hex')),

    /** A start that succeeds. */
    async starts(settings: Settings): Promise<KeelProcess> {
      const started = keel(settings);
      await started.ready;
      return started;
    },

    /** A stop that succeeds. */
    async stops(started: KeelProcess): Promise<void> {
      started.signal('SIGTERM');
      expect(await started.ended).toMatchObject({ code: 0, err: '' });
    },

    /**
     * A start that must fail: one line on standard error, nothing on standard output, no stack,
     * code 1, and no process left behind.
     *
     * @returns what it said
     */
    async refusal(settings: Settings, cwd?: string): Promise<string> {
      const before = brokersOn(folder);
      const { code, out, err } = await keel(settings, cwd).ended;
      const said = err.trim();
      expect(code, said).toBe(1);
      expect(out).toBe('');
      expect(said.split('\n'), said).toHaveLength(1);
      expect(said).toMatch(/^[A-Z].*\.$/);
      expect(said).not.toMatch(/node:internal|undefined|\[object|Error:|hunter2/);
      expect(brokersOn(folder)).toEqual(before);
      return said;
    },

    async close(): Promise<void> {
      for (const one of running) one.signal('SIGKILL');
      await Promise.all(running.map((one) => one.ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Processes that work below a folder: a broker carries its file in its environment. */
export function brokersOn(folder: string): readonly string[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'utf8').includes(`KEEL_PAPER_FILE=${folder}`);
    } catch {
      return false;
    }
  });
}

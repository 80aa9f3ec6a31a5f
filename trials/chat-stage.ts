import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../adapters/config.ts';
import { quiet } from '../fakes/store.ts';
import { type Keel, type StartOptions, start } from '../main.ts';
import { type KeptFolder, keepFolder } from './kept-folder.ts';

/** Carries what somebody did to Keel once; the same again is a duplicate. */
export interface Delivery {
  /** Resolves when Keel has acknowledged it; rejects when it was not reached or did not take it. */
  post(): Promise<void>;
}

/** Somebody in front of a platform. What they do is made first, and delivered when it is posted. */
export interface ChatPerson {
  said(text: string): Delivery;
  /** Presses the newest button whose label is, or begins with, these words. */
  pressed(label: string): Delivery;
  sentFile(name: string, content: Uint8Array): Delivery;
  /** What stands in their direct chat, oldest first: the words, and what can be pressed. */
  standing(): readonly { readonly words: string; readonly labels: readonly string[] }[];
}

/** A strict fake of a platform with what a Keel in front of it needs. */
export interface ChatPlatform {
  readonly name: string;
  /** Settings of a Keel that listens on this port. */
  env(port: number): Readonly<Record<string, string>>;
  readonly options: StartOptions;
  person(at: number): ChatPerson;
  violations(): readonly string[];
  /** From now on deliveries come twice, late, or without their acknowledgement being heard. */
  disturb(seed: number): void;
  /** Lets go of what is held back on its way. */
  release(): void;
  /** Lets the time pass by which the platform paces messages. */
  leap(ms: number): void;
  stop(): Promise<void>;
}

/** A whole Keel in front of one platform, on a folder that outlives its restarts, under one clock. */
export interface ChatStage<P extends ChatPlatform = ChatPlatform> {
  readonly home: string;
  readonly platform: P;
  keel(): Keel;
  /** Every time it is asked, the same until it is set. */
  readonly clock: { now(): number; set(at: number): void };
  restart(): Promise<void>;
  /** Stops Keel; its folder can be read then. */
  stop(): Promise<void>;
  clear(): Promise<void>;
}

/** Opens the fake of a platform by the clock of its stage. */
export type OpenPlatform<P extends ChatPlatform = ChatPlatform> = (clock: {
  now(): number;
}) => Promise<P>;

export const prices = 'csv:../shared/market/core/core_panel_adjclose.csv.gz';
/** The last close of those prices. */
export const standingAt = Date.UTC(2026, 4, 1, 21);

export async function chatStage<P extends ChatPlatform>(
  open: OpenPlatform<P>,
): Promise<ChatStage<P>> {
  const home = newFolder();
  prepared ??= prepare();
  (await prepared).copyTo(home);
  let now = standingAt;
  const clock = {
    now: () => now,
    set(at: number) {
      now = at;
    },
  };
  const platform = await open(clock);
  const port = await freePort();
  const config = configOf(home, port, platform.env(port));
  const begin = () => start(config, { log: quiet, clock, ...platform.options });
  let keel = await begin();
  return {
    home,
    platform,
    keel: () => keel,
    clock,
    async restart() {
      await keel.stop();
      // A process that starts has not sent anything for a while.
      platform.leap(60_000);
      keel = await begin();
    },
    stop: () => keel.stop(),
    async clear() {
      await platform.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function configOf(home: string, port: number, more: Readonly<Record<string, string>>) {
  return readConfig({
    KEEL_HOME: home,
    KEEL_PRICES: prices,
    KEEL_CLOCK: 'panel',
    KEEL_PORT: String(port),
    KEEL_THREADS: '1',
    KEEL_SECRET: 'the same secret on every platform, for equal keys',
    ...more,
  });
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'keel-chat-'));
}

let prepared: Promise<KeptFolder> | null = null;

/**
 * A folder in which a Keel has read the prices, and nobody has spoken yet: reading them takes longer
 * than most conversations, so each stage begins with a copy.
 */
async function prepare(): Promise<KeptFolder> {
  const home = newFolder();
  const clock = { now: () => standingAt };
  try {
    const keel = await start(configOf(home, await freePort(), {}), { log: quiet, clock });
    await keel.bot.idle();
    await keel.stop();
    return keepFolder(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

import { wasm } from './kernels-wasm.ts';

/** What kernels.wat offers; places are bytes in its memory. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** Adds the products of all pairs of packed panels to tiles. */
  readonly accumulate: (packed: number, stride: number, panels: number, tiles: number) => void;
  /** Cholesky in place; the first column whose pivot is not positive, 4 x panels when all are. */
  readonly factorise: (tiles: number, panels: number) => number;
}

const pageBytes = 65_536;
/** Kernels whose memory grew beyond this are not kept: 1,000 columns take 6 MiB. */
const keptBytes = 16 * 1024 * 1024;

const module = new WebAssembly.Module(Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0)));
const kept = instance();

function instance(): Kernels {
  return new WebAssembly.Instance(module).exports as unknown as Kernels;
}

/**
 * Kernels with at least so much memory, which holds whatever the last use left in it. They are for
 * one computation: whoever asks next gets the same memory.
 */
export function kernels(bytes: number): Kernels {
  const found = bytes > keptBytes ? instance() : kept;
  const missing = bytes - found.memory.buffer.byteLength;
  if (missing > 0) found.memory.grow(Math.ceil(missing / pageBytes));
  return found;
}

/** Bytes of the lower half of a matrix of so many panels, in tiles of 4 x 4. */
export function tileBytes(panels: number): number {
  return 64 * panels * (panels + 1);
}

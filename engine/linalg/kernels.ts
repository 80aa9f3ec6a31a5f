import { wasm } from './kernels-wasm.ts';
import { opened } from './modules.ts';

/** What kernels.wat offers; places are bytes in its memory. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** Adds the products of all pairs of packed panels to tiles. */
  readonly accumulate: (packed: number, stride: number, panels: number, tiles: number) => void;
  /** Cholesky in place; the first column whose pivot is not positive, 4 x panels when all are. */
  readonly factorise: (tiles: number, panels: number) => number;
}

/** Kernels with at least so many bytes of memory, for one computation: 1,000 columns take 6 MiB. */
export const kernels = opened<Kernels>(wasm);

/** Bytes of the lower half of a matrix of so many panels, in tiles of 4 x 4. */
export function tileBytes(panels: number): number {
  return 64 * panels * (panels + 1);
}

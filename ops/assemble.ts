import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

/** Kernels in WebAssembly text, with the file that carries the assembled bytes to the engine. */
export const kernelFiles = [
  { source: 'engine/linalg/kernels.wat', target: 'engine/linalg/kernels-wasm.ts' },
  { source: 'engine/linalg/spectral.wat', target: 'engine/linalg/spectral-wasm.ts' },
];

/** The TypeScript file that holds a kernel's bytes: the engine itself reads no files. */
export async function assembled(source: string): Promise<string> {
  const assembler = await wabt();
  const text = readFileSync(new URL(`../${source}`, import.meta.url), 'utf8');
  const module = assembler.parseWat(source, text, { simd: true });
  module.validate();
  const { buffer } = module.toBinary({});
  module.destroy();
  const base64 = Buffer.from(buffer).toString('base64');
  const lines = base64.match(/.{1,88}/g)!.map((line) => `  '${line}',`);
  return [
    `// Made by ops/assemble.ts from ${source.split('/').at(-1)}; do not edit.`,
    '/** The kernel assembled, in base64. */',
    'export const wasm = [',
    ...lines,
    "].join('');",
    '',
  ].join('\n');
}

if (import.meta.main) {
  for (const { source, target } of kernelFiles) {
    const text = await assembled(source);
    writeFileSync(new URL(`../${target}`, import.meta.url), text);
    console.log(`${target}: ${text.length} characters`);
  }
}

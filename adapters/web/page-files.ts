import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page as it is served. */
export interface PageFile {
  readonly body: Uint8Array;
  readonly type: string;
  readonly etag: string;
  /** Named by its version in the package, so it never changes under its address. */
  readonly immutable: boolean;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const pageFolder = fileURLToPath(new URL('./page/', import.meta.url));
/** The page may share these folders with the bot; anything else it imports is a mistake. */
const shared = ['adapters/web/page/', 'bot/charts/'];
const require = createRequire(import.meta.url);

const script = 'text/javascript; charset=utf-8';

/**
 * Everything the page is made of, by address, read once at start. TypeScript is served with its
 * types stripped, under its own path, so that its imports work in the browser as they stand.
 *
 * @throws when the page imports a file outside the folders it may share
 */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  files.set(
    '/',
    served(readFileSync(resolve(pageFolder, 'index.html')), 'text/html; charset=utf-8'),
  );
  for (const name of readdirSync(pageFolder)) {
    const body = () => readFileSync(resolve(pageFolder, name));
    if (name.endsWith('.css')) files.set(`/web/${name}`, served(body(), 'text/css; charset=utf-8'));
    if (name.endsWith('.svg')) files.set(`/web/${name}`, served(body(), 'image/svg+xml'));
  }
  for (const [path, code] of modulesFrom(resolve(pageFolder, 'main.ts'))) {
    files.set(`/web/modules/${path}`, served(Buffer.from(code), script));
  }
  for (const [address, file] of packageFiles()) files.set(address, file);
  return files;
}

/** The modules that one imports, itself included, by path from the project's root. */
function modulesFrom(entry: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const path = relative(root, file).split(sep).join('/');
    if (found.has(path)) continue;
    if (!shared.some((folder) => path.startsWith(folder))) {
      throw new Error(`The web page imports ${path}: it may import only ${shared.join(' and ')}.`);
    }
    const code = stripTypes(readFileSync(file, 'utf8'));
    found.set(path, code);
    for (const [, specifier] of code.matchAll(/\bfrom\s+'([^']+)'/g)) {
      waiting.push(resolve(dirname(file), specifier));
    }
  }
  return found;
}

/** Stripping is marked experimental; its warning would be the first thing a newcomer reads. */
function stripTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function* packageFiles(): Generator<[string, PageFile]> {
  const charts = dirname(require.resolve('chart.js'));
  const labels = dirname(require.resolve('chartjs-plugin-datalabels'));
  const fonts = dirname(require.resolve('@expo-google-fonts/inter/package.json'));
  const vendor = (folder: string, name: string, type: string): PageFile =>
    served(readFileSync(resolve(folder, name)), type, true);
  yield ['/web/vendor/chart.js', vendor(charts, 'chart.umd.min.js', script)];
  yield ['/web/vendor/datalabels.js', vendor(labels, 'chartjs-plugin-datalabels.min.js', script)];
  for (const weight of ['400Regular', '500Medium', '600SemiBold']) {
    const name = `${weight}/Inter_${weight}.ttf`;
    yield [`/web/vendor/inter-${weight.slice(0, 3)}.ttf`, vendor(fonts, name, 'font/ttf')];
  }
}

function served(body: Uint8Array, type: string, immutable = false): PageFile {
  const print = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return { body, type, etag: `"${print}"`, immutable };
}

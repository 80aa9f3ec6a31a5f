import { defineConfig } from 'vitest/config';

// Three projects: unit needs nothing, store starts real databases and processes, browser needs Chromium.
export default defineConfig({
  test: {
    // Both cores of a small machine; the default leaves one idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['fakes/fixed-seed.ts'],
          include: [
            '{engine,bot,adapters,fakes,bench,trials,ops,oracles,demo}/**/*.test.ts',
            '*.test.ts',
          ],
          exclude: ['**/*.store.test.ts', '**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
          // Nothing here leaves anything behind in a module; loading all of them for every file took
          // as long as the tests.
          isolate: false,
        },
      },
      {
        test: {
          name: 'store',
          setupFiles: ['fakes/fixed-seed.ts'],
          include: ['**/*.store.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

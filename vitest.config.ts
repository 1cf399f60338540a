import { defineConfig } from 'vitest/config';

/** Both bindings to SQLite are in use there, which must not meet in one process: see src/store/sqlite/load-vectors.ts. */
const WITH_CIPHER = ['test/app/maintain/**/*.test.ts', 'test/app/privacy/encrypted.test.ts'];

export default defineConfig({
  test: {
    // Two cores are what a laptop on battery and most build machines give.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'threads', pool: 'threads', include: ['test/**/*.test.{ts,tsx}'], exclude: WITH_CIPHER },
      },
      { extends: true, test: { name: 'processes', pool: 'forks', include: WITH_CIPHER } },
    ],
  },
});

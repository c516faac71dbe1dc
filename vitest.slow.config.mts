/** Tests that ask the Go toolchain, read its whole library or load the machine: `npm run test:slow`, apart from the fast ones. */
import { defineConfig } from 'vitest/config';
import { SLOW_TESTS } from './vitest.config.mts';

export default defineConfig({
  test: {
    include: SLOW_TESTS,
    globalSetup: ['server/test/support/global-setup.mjs'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

/** Tests that ask the Go toolchain or read its whole library: `npm run test:slow`, apart from the fast ones. */
import { defineConfig } from 'vitest/config';
import { SLOW_TESTS } from './vitest.config.mts';

export default defineConfig({ test: { include: SLOW_TESTS, testTimeout: 120_000, hookTimeout: 120_000 } });

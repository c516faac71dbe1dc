/**
 * Tests in real editors, one after another: each starts a browser or an editor of its own. `npm run test:e2e` prepares them. A test
 * is tried twice, since a busy machine loses keys and moves of the mouse on their way to a window; a picture of each failure is kept.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['extension/test/e2e/*.e2e.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000, retry: 1 },
});

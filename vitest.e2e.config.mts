/** Tests in real editors, one after another: each starts a browser or an editor of its own. `npm run test:e2e` prepares them. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['extension/test/e2e/*.e2e.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000 },
});

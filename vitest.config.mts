/** Unit tests of the server; what needs an editor, the network or a long run has scripts of its own. */
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

export const SLOW_TESTS = [
  'server/test/bin/code-cache.test.ts',
  'server/test/cli/action.test.ts',
  'server/test/cli/baseline-modules.test.ts',
  'server/test/cli/baseline.test.ts',
  'server/test/cli/dependencies.test.ts',
  'server/test/cli/fix-obstacles.test.ts',
  'server/test/cli/fix-patch.test.ts',
  'server/test/cli/hermetic.test.ts',
  'server/test/cli/large-report.test.ts',
  'server/test/cli/new-code.test.ts',
  'server/test/cli/new-findings.test.ts',
  'server/test/cli/no-more-than.test.ts',
  'server/test/cli/one-configuration.test.ts',
  'server/test/cli/packages.test.ts',
  'server/test/cli/parity.test.ts',
  'server/test/cli/problem-matcher.test.ts',
  'server/test/cli/recipes.test.ts',
  'server/test/cli/reviewdog.test.ts',
  'server/test/cli/same-bytes.test.ts',
  'server/test/cli/server.test.ts',
  'server/test/cli/terminal.test.ts',
  'server/test/cli/timeout.test.ts',
  'server/test/cli/watch.test.ts',
  'server/test/escape/allocations-go.test.ts',
  'server/test/model/control-flow-oracle.test.ts',
  'server/test/model/std-exports.test.ts',
  'server/test/model/workspace-go-list.test.ts',
  'server/test/node/cold-start.test.ts',
  'server/test/node/load.test.ts',
  'server/test/node/process.test.ts',
  'server/test/protocol/protocol.test.ts',
  'server/test/report/hostile-many.test.ts',
  'server/test/report/sarif-multitool.test.ts',
  'server/test/rules/fix-behaviour.test.ts',
  'server/test/rules/fixes-together.test.ts',
  'server/test/rules/go-toolchain.test.ts',
  'server/test/rules/growth-behaviour.test.ts',
  'server/test/rules/robustness.test.ts',
  'server/test/scripts/demo.test.ts',
  'server/test/scripts/kills.test.ts',
  'server/test/scripts/new-rule.test.ts',
  'server/test/scripts/proof.test.ts',
  'server/test/syntax/go-oracle.test.ts',
];

export default defineConfig({
  test: {
    include: ['server/test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...SLOW_TESTS],
    globalSetup: ['server/test/support/global-setup.mjs'],
    // Half of the time is spent in processes that tests start and wait for, so every processor is used; and files share a
    // process, because loading the analysis takes longer than most of them run.
    maxWorkers: Math.max(2, availableParallelism()),
    isolate: false,
    // What one run keeps must not decide another, nor end up among the user's files.
    env: { ESCAPEMENT_CACHE: 'off' },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});

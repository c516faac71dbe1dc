/** A test client of a server with the real analysis, on a module in memory. */
import { createLocalService, createSettler, explainRule } from '../../src/host/index.ts';
import { createSession } from '../../src/review/index.ts';
import { ruleUrl } from '../../src/rules/index.ts';
import { loadTestLibrary } from './facts.ts';
import { memoryFiles } from './files.ts';
import { startTestClient, type TestClient, type TestClientOptions } from './lsp-client.ts';

const GO_MOD = { '/w/go.mod': 'module example.com/w\n\ngo 1.22\n' };

/** The folder is `/w`, whose go.mod says Go 1.22 unless `files` have another. Load the grammar before. */
export function startGoClient(files: Readonly<Record<string, string>> = {}, options: TestClientOptions = {}): Promise<TestClient> {
  const fileSystem = memoryFiles({ ...GO_MOD, ...files });
  const service = createLocalService(createSession(fileSystem, loadTestLibrary()));
  const host = { explain: explainRule, ruleUrl, settle: createSettler(fileSystem) };
  return startTestClient({ fileSystem, service, host, root: '/w', ...options });
}

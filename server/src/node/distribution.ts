/** Where our own files lie: beside this bundle, or in the built folder when the sources are run. */
import { join } from 'node:path';
import type { Assets } from './session.ts';

export interface Distribution {
  readonly workerFile: string;
  readonly assets: Assets;
}

/** `directory` is the one with the bundles. */
export function distributionIn(directory: string): Distribution {
  return {
    workerFile: join(directory, 'worker.js'),
    assets: { grammars: join(directory, 'grammars'), facts: join(directory, 'facts') },
  };
}

export function ownDistribution(): Distribution {
  const isSource = __dirname.replaceAll('\\', '/').endsWith('server/src/node');
  return distributionIn(isSource ? join(__dirname, '../../../dist') : __dirname);
}

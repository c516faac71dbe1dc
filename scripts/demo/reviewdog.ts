/** The real reviewdog, built once by the go command from its module and kept beside the packages of npm. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = 'v0.21.0';

/** Where it is, or why it could not be built. */
export type Reviewdog = { readonly path: string } | { readonly trouble: string };

/** Takes a minute the first time. `root` is the folder of this project. */
export function buildReviewdog(root: string): Reviewdog {
  const folder = join(root, 'node_modules/.cache/reviewdog', VERSION);
  const path = join(folder, 'reviewdog');
  if (existsSync(path)) return { path };
  mkdirSync(folder, { recursive: true });
  const target = `github.com/reviewdog/reviewdog/cmd/reviewdog@${VERSION}`;
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '' };
  const { status, stderr, error } = spawnSync('go', ['install', target], { env, encoding: 'utf8' });
  return status === 0 ? { path } : { trouble: error?.message ?? stderr };
}

/** The go command's environment, from this process's and the file that `go env -w` writes. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { type GoEnvironment, goEnvironment } from '../model/index.ts';

export function readGoEnvironment(): GoEnvironment {
  return goEnvironment({ variables: process.env, platform: process.platform, home: homeDirectory() }, (path) => {
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  });
}

/** Empty for a user without one. */
function homeDirectory(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

/** The process as the go command would find it, and from that the go command's environment. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { type GoEnvironment, goEnvironment, type ProcessEnvironment } from '../model/index.ts';

export function processEnvironment(): ProcessEnvironment {
  return { variables: process.env, platform: process.platform, home: homeDirectory() };
}

export function readGoEnvironment(): GoEnvironment {
  return goEnvironment(processEnvironment(), (path) => {
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

/** go.work: the modules that are edited together. Their packages see each other whatever their go.mod files require. */

import type { GoMinor } from '../shapes.ts';
import { addReplacement, type ModuleFileProblem, type Replacement, readDirectives, readGoLine } from './go-mod.ts';

export interface GoWork {
  readonly go: GoMinor | undefined;
  /** Module directories as written, relative to the file's directory or absolute. */
  readonly uses: readonly string[];
  readonly replaces: readonly Replacement[];
  readonly problems: readonly ModuleFileProblem[];
}

/** Never throws; what cannot be read is among the problems. */
export function parseGoWork(text: string): GoWork {
  const { directives, problems } = readDirectives(text);
  let go: GoMinor | undefined;
  const uses: string[] = [];
  const replaces: Replacement[] = [];
  for (const directive of directives) {
    if (directive.verb === 'go') go = readGoLine(directive, problems);
    else if (directive.verb === 'use' && directive.arguments.length === 1) uses.push(directive.arguments[0]);
    else if (directive.verb === 'use') problems.push({ line: directive.line, message: 'use names one directory' });
    else if (directive.verb === 'replace') addReplacement(directive, replaces, problems);
  }
  return { go, uses, replaces, problems };
}

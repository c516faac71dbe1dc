/** Everything that the product asks of a file, in one call, for tests that feed it what nobody would write. */
import { neverCancelled } from '../../src/base/index.ts';
import { resolveSettings } from '../../src/config/index.ts';
import type { StdLibrary } from '../../src/model/index.ts';
import { combineFixes, createSession, type Session } from '../../src/review/index.ts';
import { memoryFiles } from './files.ts';

const PATH = '/m/x.go';
const GO_MOD = 'module example.com/m\n\ngo 1.26\n';

/** Findings of all rules with their fixes, allocations and escapes of a text that is alone in its module. Answers the faults. */
export function throughEngine(source: Uint8Array, library: StdLibrary | undefined): readonly string[] {
  return throughSession(createSession(memoryFiles({ '/m/go.mod': GO_MOD, [PATH]: source }), library), PATH);
}

/** The same of one file of a session. Throws what the session throws. */
export function throughSession(session: Session, path: string): readonly string[] {
  session.configure(resolveSettings({ preset: 'all', showPossible: true }, undefined));
  const { findings, faults } = session.review([path], neverCancelled);
  combineFixes(findings.flatMap(({ fixes }) => fixes));
  session.allocations(path);
  session.escapes(path);
  return faults.map(({ ruleId, message }) => `${ruleId ?? 'review'}: ${message}`);
}

/** A file of one text with its scopes, for tests of what rules share. */
import { type Scopes, type SourceFile, scopesOf, Workspace } from '../../src/model/index.ts';
import { memoryFiles } from './files.ts';

/** `text` is /m/x.go of a module at Go 1.26, alone in its package. */
export function sourceFile(text: string): { readonly file: SourceFile; readonly scopes: Scopes } {
  const files = memoryFiles({ '/m/go.mod': 'module example.com/m\n\ngo 1.26\n', '/m/x.go': text });
  const workspace = new Workspace(files, { goos: 'linux', goarch: 'amd64', tags: [], go: undefined });
  const pkg = workspace.packageOf('/m/x.go');
  const file = workspace.fileAt('/m/x.go');
  if (pkg === undefined || file === undefined) throw new Error('the file is not reviewed');
  return { file, scopes: scopesOf(pkg, file) };
}

/** What rules ask about one file, made at the first question and kept for the review of that file. */
import { escapeOf } from '../escape/index.ts';
import {
  type ControlFlow,
  controlFlow,
  type Package,
  type Scopes,
  type SourceFile,
  scopesOf,
  type Types,
  typesOf,
  type Workspace,
} from '../model/index.ts';
import type { Node } from '../syntax/index.ts';
import type { FileModel } from './runner.ts';

export function fileModel(workspace: Workspace, pkg: Package, file: SourceFile): FileModel {
  let known: Types | undefined;
  const types = lazy((): Types => {
    known = typesOf(workspace, pkg, file);
    return known;
  });
  // Scopes answer from the types where Go does, so the order in which rules ask must not matter.
  const scopes = lazy((): Scopes => {
    types();
    return scopesOf(pkg, file);
  });
  const flows = new Map<Node, ControlFlow>();
  return {
    get scopes() {
      return scopes();
    },
    get types() {
      return types();
    },
    get excursions() {
      return known?.excursions ?? 0;
    },
    get escape() {
      return escapeOf(workspace, pkg);
    },
    flow(fn) {
      const known = flows.get(fn);
      if (known !== undefined) return known;
      const made = controlFlow(file.tree, fn, types());
      flows.set(fn, made);
      return made;
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Every allocation of a file and every parameter, with the verdict and its reason: the record of `escapement escapes`. */
import { LineTable, type Range } from '../../base/index.ts';
import { type EscapeSite, escapeOf, type PackageEscape, verdictOffset } from '../../escape/index.ts';
import type { Package, SourceFile, Workspace } from '../../model/index.ts';
import { isHot } from '../../rules/index.ts';
import { type Tree, textOf } from '../../syntax/index.ts';
import { fileModel } from '../file-model.ts';
import { enclosingFunctionName } from '../function-name.ts';
import type { EscapeRecord, ParameterRecord, PlacedStep, ToldSite } from '../shapes.ts';
import { calledName } from './explanations.ts';

/** By line and column; on a tie in the order of the source. */
export function escapesOf(workspace: Workspace, pkg: Package, file: SourceFile): readonly EscapeRecord[] {
  const analysis = escapeOf(workspace, pkg);
  const places = new Places(pkg);
  const model = fileModel(workspace, pkg, file);
  const context = Object.assign(model, { file, tree: file.tree });
  const sites = analysis.sites(file).map((site) => siteRecord(places, site, isHot(context, site.node)));
  const records = [...sites, ...parameterRecords(places, analysis, file)];
  return records.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Kinds of which the compiler sends nearly all to the heap, so that one with something out of view in its way is likely there. */
const MOSTLY_HEAP: ReadonlySet<EscapeSite['kind']> = new Set(['composite', 'new', 'make', 'append', 'interface', 'concat']);

function siteRecord(places: Places, site: EscapeSite, hot: boolean): ToldSite {
  const { kind, file, node, gcSays, name } = site;
  const { tree } = file;
  const certainty = site.certainty === 'certain' ? 'certain' : MOSTLY_HEAP.has(kind) ? 'likely' : 'possible';
  return {
    ...places.of(file.path, tree, { start: verdictOffset(tree, site.origin === 'own' ? kind : 'new', node), end: tree.end[node] }),
    kind,
    ...(kind === 'moved' && name !== undefined && { name }),
    verdict: gcSays,
    certainty,
    origin: site.origin,
    function: enclosingFunctionName(tree, node),
    flow: site.steps.flatMap(({ at, note }): PlacedStep[] => {
      const place = places.inPackage(at.path, at.range);
      return place === undefined ? [] : [{ ...place, path: at.path, note }];
    }),
    cost: { ...site.cost },
    callee: site.origin === 'inlined' ? calledName(tree, node) : undefined,
    reason: site.sink?.text,
    isHot: hot,
  };
}

function parameterRecords(places: Places, analysis: PackageEscape, file: SourceFile): ParameterRecord[] {
  const { tree } = file;
  return analysis.parameters(file).flatMap(({ name, leaks }) =>
    leaks.map(
      (leak): ParameterRecord => ({
        ...places.of(file.path, tree, { start: tree.start[name], end: tree.end[name] }),
        kind: 'parameter',
        name: textOf(tree, name),
        function: enclosingFunctionName(tree, name),
        leak,
      }),
    ),
  );
}

type Place = Pick<ToldSite, 'line' | 'column' | 'endLine' | 'endColumn'>;

/** Byte ranges to lines and columns as Go tools count. */
class Places {
  private readonly tables = new Map<string, LineTable>();

  constructor(private readonly pkg: Package) {}

  of(path: string, tree: Tree, range: Range): Place {
    const table = this.tables.get(path) ?? new LineTable(tree.source);
    this.tables.set(path, table);
    const [start, end] = [table.position(range.start), table.position(range.end)];
    return { line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
  }

  /** Undefined in files of other packages. */
  inPackage(path: string, range: Range): Place | undefined {
    const file = this.pkg.files.find((each) => each.path === path);
    return file === undefined ? undefined : this.of(path, file.tree, range);
  }
}

/** What a review is about: everything that is known before the server is asked. */
import { type Configuration, resolveSettings, rulesAnywhere } from '../config/index.ts';
import type { Settings } from '../lsp/index.ts';
import type { Comparison, RuleInfo } from '../report/index.ts';
import { SUPPRESSION_RULE } from '../review/index.ts';
import { type Rule, rulePage, rules, ruleUrl } from '../rules/index.ts';
import { type ConfigurationFiles, configurationsFor, readConfigurations } from './files/configurations.ts';
import { absolutePath } from './files/paths.ts';
import { homeOf, resolveTargets, type Target } from './files/targets.ts';
import { Texts } from './files/texts.ts';
import { BaselineFilter } from './gates/baseline-filter.ts';
import { type Io, UsageError } from './io.ts';
import { filesToReview, findNewCode, type NewCode } from './new-code/new-code.ts';
import type { ReviewOptions } from './options.ts';

export interface Plan {
  /** What is reviewed. */
  readonly targets: readonly Target[];
  /** Files that have to be reviewed for what is new, where only that is asked for: of the targets' files no other is. Absolute. */
  readonly only: readonly string[] | undefined;
  /** Directories outside of which nothing is written. */
  readonly roots: readonly string[];
  readonly settings: Settings;
  /** The rules that run. */
  readonly rules: readonly RuleInfo[];
  readonly texts: Texts;
  /** Undefined where all code counts. */
  readonly newCode: NewCode | undefined;
  readonly baseline: BaselineFilter | undefined;
  readonly configurationFiles: ConfigurationFiles;
  /** What they say, by path. */
  readonly configurations: ReadonlyMap<string, Configuration>;
  /** Path of the document that stands for standard input. */
  readonly stdinPath: string | undefined;
  readonly milliseconds: number;
  /** With the counts of a revision, once both are known. */
  readonly comparison?: Comparison;
}

/** Reads arguments, configuration and git; `texts` may hold what was read before. Throws UsageError. */
export async function makePlan(options: ReviewOptions, io: Io, texts = new Texts()): Promise<Plan> {
  const stdinPath = options.stdinPath === undefined ? undefined : absolutePath(io.cwd, options.stdinPath);
  if (stdinPath !== undefined) texts.stand(stdinPath, await io.readStdin());
  const targets = stdinPath === undefined ? resolveTargets(io.cwd, options.paths) : [{ path: stdinPath, isDirectory: false }];
  const home = homeOf(targets[0]);
  const configurationFiles = configurationsFor(targets, options.config, io);
  const configurations = readConfigurations(configurationFiles, io);
  const settings = settingsOf(options, configurationFiles.general);
  const enabled = rulesIn(settings, configurationFiles, configurations);
  checkGate('--fail-on', [...options.failOn.rules], enabled);
  checkGate('--max', [...options.most.keys()], enabled);
  const newCode = options.newCode === undefined ? undefined : findNewCode(options.newCode, home, io);
  const only = newCode === undefined || options.noMoreThan !== undefined ? undefined : filesToReview(newCode);
  return {
    targets,
    only,
    roots: [...new Set([absolutePath(io.cwd, '.'), ...targets.map(homeOf)])],
    settings,
    rules: rules.filter(({ id }) => enabled.has(id)).map(ruleInfo),
    texts,
    newCode,
    baseline: options.baseline === undefined ? undefined : BaselineFilter.read(options.baseline, { targets, only, texts }, io),
    configurationFiles,
    configurations,
    stdinPath,
    milliseconds: 0,
  };
}

/** Ids of the rules that run somewhere. */
function rulesIn(
  settings: Settings,
  { general }: ConfigurationFiles,
  configurations: ReadonlyMap<string, Configuration>,
): ReadonlySet<string> {
  const everywhere = general === undefined ? undefined : configurations.get(general);
  const each = new Set([everywhere, ...configurations.values()]);
  return new Set([...each].flatMap((configuration) => [...rulesAnywhere(resolveSettings(settings, configuration))]));
}

/** A gate that nothing can close is a mistake, as one by the name of no rule is. Throws UsageError. */
function checkGate(option: string, gated: readonly string[], running: ReadonlySet<string>): void {
  const silent = gated.filter((rule) => rule !== SUPPRESSION_RULE && !running.has(rule));
  if (silent.length === 0) return;
  const verb = silent.length === 1 ? 'does' : 'do';
  const remedy = 'turn on with --rules or in the configuration what is to fail the run, or leave it out';
  throw new UsageError(`${option}: ${silent.join(', ')} ${verb} not run in this review; ${remedy}`);
}

function ruleInfo(rule: Rule): RuleInfo {
  return { ...rule, page: rulePage(rule), url: ruleUrl(rule.id) };
}

function settingsOf(options: ReviewOptions, config: string | undefined): Settings {
  return {
    ...chosenRules(options),
    go: options.go,
    goos: options.goos,
    goarch: options.goarch,
    tags: options.tags,
    config: config ?? false,
  };
}

function chosenRules({ rules: choice }: ReviewOptions): Pick<Settings, 'preset' | 'rules'> {
  if (choice === undefined) return {};
  if (typeof choice === 'string') return { preset: choice };
  return { preset: 'none', rules: Object.fromEntries(choice.map((id) => [id, 'on'])) };
}

/** The command line itself: commands, options and help, by commander. What they do stands elsewhere. */
import { Command, CommanderError, Option } from 'commander';
import { FORMAT_NAMES, FORMATS } from '../report/index.ts';
import { rules } from '../rules/index.ts';
import { BASELINE_NAME, pruneBaseline, updateBaseline } from './commands/baseline.ts';
import { explainRule, listRules } from './commands/catalogue.ts';
import {
  type ConfigOptions,
  migrateConfiguration,
  printConfiguration,
  printConfigurationSchema,
  verifyConfiguration,
} from './commands/configuration.ts';
import { doctor } from './commands/doctor.ts';
import { escapes, type RawEscapesOptions } from './commands/escapes.ts';
import { review } from './commands/review.ts';
import { checkWatch, watchReview } from './commands/watch.ts';
import { type Io, UsageError } from './io.ts';
import { type RawReviewOptions, type ReviewOptions, readReviewOptions } from './options.ts';

/** Runs the command that `args` (without node and script) name; answers the exit code. Throws UsageError. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const output: { text: string; isError: boolean }[] = [];
  const program = createProgram(io, (action) => async (...given) => {
    code = await action(...given);
  });
  for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void output.push({ text, isError: false }),
      writeErr: (text) => void output.push({ text, isError: true }),
      outputError: () => {},
    });
  }
  try {
    await program.parseAsync(withDefaults(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isQuestion = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
    if (!isQuestion && error.code !== 'commander.help') throw new UsageError(explained(error, args));
    code = isQuestion ? 0 : 2;
  }
  for (const { text, isError } of output) await (isError ? io.stderr : io.stdout).write(text);
  return code;
}

const RULE_IDS: readonly string[] = rules.map((rule) => rule.id);

/** Wraps an action so that its exit code is kept. */
type Keep = <Given extends unknown[]>(action: (...given: Given) => Promise<number>) => (...given: Given) => Promise<void>;

function createProgram(io: Io, keep: Keep): Command {
  const program = new Command('escapement')
    .description('Go performance review: escaping pointers, closure captures, lost cancels and slice growth, with the reason and the fix.')
    .version(io.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', '\n@FILE among the arguments stands for the lines of that file.');
  addReview(program, io, keep);
  addBaseline(program, io, keep);
  addEscapes(program, io, keep);
  program
    .command('explain <rule>')
    .description('print why a rule exists, what it flags and how to fix it')
    .action(keep((id: string) => explainRule(id, io)));
  program
    .command('rules')
    .description('list the rules')
    .addOption(new Option('--format <format>', 'text or json').default('text'))
    .action(keep(({ format }: { readonly format: string }) => listRules(format, io)));
  addConfig(program, io, keep);
  program
    .command('lsp')
    .description('run the language server')
    .option('--stdio', 'on standard input and output, the only way there is')
    .action(keep(() => io.serve()));
  program
    .command('doctor')
    .description('check that everything works, and print what a bug report needs')
    .action(keep(() => doctor(io)));
  return program;
}

function addReview(program: Command, io: Io, keep: Keep): void {
  const width = Math.max(...FORMAT_NAMES.map((name) => name.length)) + 2;
  const formats = FORMAT_NAMES.map((name) => `  ${name.padEnd(width)}${FORMATS[name].summary}`).join('\n');
  const command = program
    .command('review [path...]')
    .description('review files, directories and dir/... (default: the working directory); - reads standard input')
    .option('--format <format[:file]>', `${FORMAT_NAMES.join(', ')}; repeatable, with a file for all but one (default: text)`, append)
    .option('--rules <rules>', 'all, recommended, or ids separated by commas')
    .option(
      '--fail-on <level|rules>',
      'lowest severity that gives exit code 1: hint, information, warning, error, never; or rules whose findings give it; repeatable (default: warning)',
      append,
    )
    .option('--fix [tier]', 'apply fixes: safe (default), suggestion or unsafe')
    .option('--diff', 'print what --fix would do as a diff; exit code 1 when there is one')
    .option('--fix-patch <file>', 'write what --fix would do to a file, as a patch, and change nothing else')
    .option('--new-from-rev <revision>', 'report only findings that came with changes since a git revision')
    .option('--new-from-merge-base <revision>', 'report only findings that came with changes since this branch left a revision')
    .option('--new-from-patch <file>', 'report only findings that what a patch adds makes')
    .option('--whole-files', 'with one of these: report all findings in files that changed')
    .option('--baseline <file>', 'report only findings that the file does not know; escapement baseline writes it')
    .option('--show-suppressed', 'tell in SARIF also what comments and the baseline keep quiet, marked as suppressed')
    .option('--no-more-than <revision>', 'exit code 1 where a rule has more findings, or hot code more heap sites, than a git revision')
    .option('--max <rule=number>', 'exit code 1 where a rule has more findings than this; repeatable', append);
  addRunOptions(addConfigOptions(command), 'what was found is reported, marked as incomplete')
    .option('--server <command>', 'language server to ask instead of the built-in one')
    .option('--color [when]', 'auto, always or never (default: auto, which NO_COLOR turns off)')
    .option('-q, --quiet', 'one line per finding and nothing else')
    .option('-v, --verbose', 'also list skipped files and applied fixes, and show the log')
    .option('--stats', 'print counts per rule and the time taken')
    .option('--watch', 'review again whenever something changes; text and ndjson on standard output, Ctrl-C ends')
    .option('--stdin-filepath <file>', 'where the text on standard input belongs')
    .addHelpText(
      'after',
      `\nFormats:\n${formats}\n\nExit codes:\n  0       no finding that --fail-on names\n  1       such findings, a diff, or more than --max or --no-more-than allows\n  2       wrong arguments or configuration, or something could not be done`,
    )
    .action(keep((paths: string[], raw: RawReviewOptions) => reviewOrWatch(readReviewOptions(paths, raw, RULE_IDS), io)));
}

function reviewOrWatch(options: ReviewOptions, io: Io): Promise<number> {
  if (!options.watch) return review(options, io);
  checkWatch(options);
  return watchReview(options, io);
}

function addBaseline(program: Command, io: Io, keep: Keep): void {
  const baseline = program.command('baseline').description('keep a file of known findings, for --baseline');
  const withOptions = (command: Command): Command =>
    addRunOptions(
      addConfigOptions(
        command
          .option('--baseline <file>', `the file (default: ${BASELINE_NAME})`)
          .option('--rules <rules>', 'all, recommended, or ids separated by commas'),
      ),
      'nothing is written',
    );
  withOptions(baseline.command('update [path...]').description('write all findings there are')).action(
    keep((paths: string[], raw: RawReviewOptions) => updateBaseline(readReviewOptions(paths, raw, RULE_IDS), io)),
  );
  withOptions(baseline.command('prune [path...]').description('take out what the code no longer has')).action(
    keep((paths: string[], raw: RawReviewOptions) => pruneBaseline(readReviewOptions(paths, raw, RULE_IDS), io)),
  );
}

function addEscapes(program: Command, io: Io, keep: Keep): void {
  const command = program
    .command('escapes [path...]')
    .description('print what allocates and where it lives, for files, directories and dir/... (default: the working directory)')
    .addOption(new Option('--format <format>', 'text (what is on the heap) or ndjson (everything)').default('text'));
  addRunOptions(command, 'what was found is printed').action(keep((paths: string[], raw: RawEscapesOptions) => escapes(paths, raw, io)));
}

function addConfigOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration file instead of the one that is found')
    .option('--no-config', 'look for no configuration file');
}

/** What is looked at, and for how long by how many. */
function addRunOptions(command: Command, whenTimeIsUp: string): Command {
  return command
    .option('--go <version>', 'Go version instead of the one in go.mod')
    .option('--tags <tags>', 'build tags, separated by commas')
    .option('--goos <os>', 'operating system to review for (default: linux)')
    .option('--goarch <architecture>', 'architecture to review for (default: amd64)')
    .option('-j, --jobs <number>', 'worker threads (default: one less than processors, eight at most)')
    .option('--timeout <duration>', `stop after this long (seconds, or 90s, 5m), with exit code 2; ${whenTimeIsUp}`);
}

function addConfig(program: Command, io: Io, keep: Keep): void {
  const config = program.command('config').description('look at the configuration');
  const withFile = (command: Command): Command => command.option('-c, --config <file>', 'file instead of the one that is found');
  withFile(
    config.command('print [path]').description('print the settings that hold for a directory or a file, as JSON, and where each is from'),
  ).action(keep((path: string | undefined, options: ConfigOptions) => printConfiguration(path ?? '.', options, io)));
  withFile(config.command('verify [directory]').description('check the configuration file')).action(
    keep((directory: string | undefined, options: ConfigOptions) => verifyConfiguration(directory ?? '.', options, io)),
  );
  config
    .command('schema')
    .description('print the JSON schema of the configuration file')
    .action(keep(() => printConfigurationSchema(io)));
  config
    .command('migrate [file]')
    .description('print what a configuration of golangci-lint comes to')
    .action(keep((file: string | undefined) => migrateConfiguration(file, io)));
}

function append(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

const TIERS = new Set(['safe', 'suggestion', 'unsafe']);
const COLOURS = new Set(['auto', 'always', 'never']);

/** `--fix ./...` and `--color ./...` mean the options' plain form: commander would take the path for their value. */
function withDefaults(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, i) => {
    if (end >= 0 && i > end) return arg;
    if (arg === '--fix' && !TIERS.has(args[i + 1])) return '--fix=safe';
    if (arg === '--color' && !COLOURS.has(args[i + 1])) return '--color=always';
    return arg;
  });
}

/** One line, with the remedy where there is one. */
function explained(error: CommanderError, args: readonly string[]): string {
  const line = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const [first = ''] = args;
  const isPath = error.code === 'commander.unknownCommand' && /[./\\]/.test(first);
  return isPath
    ? `${line}; to review it: escapement review ${first}`
    : `${line}${/did you mean/i.test(line) ? '' : '; escapement --help shows what there is'}`;
}

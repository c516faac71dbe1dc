/**
 * Tasks of type `escapement`: the command line that comes with the extension, on the Node that runs the extension, with its text
 * output read by the problem matcher `$escapement`. A task is a child process, so only trusted folders have any.
 */
import {
  commands,
  Disposable,
  ProcessExecution,
  Task,
  type TaskDefinition,
  tasks,
  type Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';

const TYPE = 'escapement';
const PROBLEM_MATCHER = '$escapement';

/** As package.json describes it; all but the type is the user's to write, so nothing of it is taken on trust. */
interface ReviewDefinition extends TaskDefinition {
  /** Relative to the folder. Default `./...`. */
  readonly paths?: unknown;
  /** Rule ids, or `recommended` or `all` alone. Default: what the configuration file says. */
  readonly rules?: unknown;
  readonly failOn?: unknown;
}

/** Offers a review of each workspace folder, as task and as command. `cli` is the bundled command line. */
export function registerTasks(cli: Uri): Disposable {
  // Says that this is no browser, where nobody could run them.
  void commands.executeCommand('setContext', 'escapement.runsTasks', true);
  return Disposable.from(
    tasks.registerTaskProvider(TYPE, {
      provideTasks: () => (workspace.isTrusted ? localFolders().map((folder) => reviewTask(cli, folder, { type: TYPE })) : []),
      resolveTask: ({ definition, scope }) => {
        const folder = typeof scope === 'object' ? scope : localFolders().at(0);
        return workspace.isTrusted && folder !== undefined ? reviewTask(cli, folder, definition) : undefined;
      },
    }),
    commands.registerCommand('escapement.runReview', () => runReview(cli)),
  );
}

/** Of the folder that the active editor shows a file of, or the first. */
async function runReview(cli: Uri): Promise<void> {
  const shown = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  const folder = localFolders().find((each) => each === shown) ?? localFolders().at(0);
  if (workspace.isTrusted && folder !== undefined) await tasks.executeTask(reviewTask(cli, folder, { type: TYPE }));
  else await window.showInformationMessage('Escapement: the review task needs an open folder that you trust.');
}

function localFolders(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

function reviewTask(cli: Uri, folder: WorkspaceFolder, definition: ReviewDefinition): Task {
  const execution = new ProcessExecution(process.execPath, [cli.fsPath, ...reviewArguments(definition)], {
    cwd: folder.uri.fsPath,
    // On the desktop the extension host is Electron, which is a Node only when told so.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  return new Task(definition, folder, 'review workspace folder', TYPE, execution, PROBLEM_MATCHER);
}

function reviewArguments({ paths, rules, failOn }: ReviewDefinition): readonly string[] {
  const wanted = strings(rules);
  return [
    'review',
    ...(wanted.length > 0 ? [`--rules=${wanted.join(',')}`] : []),
    ...(typeof failOn === 'string' ? [`--fail-on=${failOn}`] : []),
    '--',
    ...(strings(paths).length > 0 ? strings(paths) : ['./...']),
  ];
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

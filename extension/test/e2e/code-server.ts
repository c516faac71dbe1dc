/**
 * VS Code as a server for a browser: code-server with one extension installed from its VSIX, its own empty profile, no
 * marketplace and no network. It needs Node 24, which comes as an npm package of the platform.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { poll } from './poll.ts';
import { ProcessGroup } from './process-group.ts';

/** What would stir, ask or change without being asked, off. */
export const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export interface CodeServerOptions {
  /** A .vsix file. */
  readonly extension: string;
  /** Folder to open; it is copied, the original is never written. */
  readonly workspace: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opens the folder in Restricted Mode, as VS Code does with what it does not know; otherwise every folder is trusted. */
  readonly restricted?: boolean;
  /** Variables for the extension host and what it starts. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Module that the installed language server loads first, in each of its threads; VS Code passes no NODE_OPTIONS on. */
  readonly witness?: string;
}

export interface CodeServer {
  readonly url: string;
  /** The copy. */
  readonly workspace: string;
  log(): string;
  /** Command lines of all processes on the side of the server. */
  processes(): readonly string[];
  stop(): Promise<void>;
}

/** Resolves when it listens; rejects with its output when it ends before. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'escapement-e2e-'));
  const folder = (name: string): string => join(root, name);
  for (const name of ['user/User', 'extensions', 'home', 'tmp']) mkdirSync(folder(name), { recursive: true });
  cpSync(options.workspace, folder('workspace'), { recursive: true });
  writeFileSync(folder('config.yaml'), 'auth: none\n');
  writeFileSync(folder('user/User/settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }));

  const run = (args: readonly string[]): ProcessGroup =>
    new ProcessGroup(
      nodeForCodeServer(),
      [
        entryPoint(),
        '--config',
        folder('config.yaml'),
        '--user-data-dir',
        folder('user'),
        '--extensions-dir',
        folder('extensions'),
        ...args,
      ],
      { env: { ...isolatedEnvironment(folder), ...options.environment } },
    );

  const installation = run(['--install-extension', options.extension, '--force']);
  if ((await installation.exited) !== 0) throw new Error(`installing ${options.extension} failed:\n${installation.log}`);

  if (options.witness !== undefined) loadFirst(options.witness, folder('extensions'));

  const server = run([
    ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--ignore-last-opened', '--idle-timeout-seconds', '600'],
    ...[
      '--disable-telemetry',
      '--disable-update-check',
      ...(options.restricted === true ? [] : ['--disable-workspace-trust']),
      '--disable-getting-started-override',
      '--disable-proxy',
    ],
  ]);
  const address = /HTTP server listening on (http:\S+)/;
  await poll('code-server listens', () => address.test(server.log) || server.hasEnded);
  const url = address.exec(server.log)?.[1];
  if (url === undefined) throw new Error(`code-server ended:\n${server.log}`);
  return {
    url,
    workspace: folder('workspace'),
    log: () => server.log,
    processes: () => server.commands(),
    stop: async () => {
      await server.stop();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function loadFirst(module: string, extensions: string): void {
  const installed = readdirSync(extensions).find((name) => name.startsWith('escapement.'));
  if (installed === undefined) throw new Error(`no extension in ${extensions}`);
  for (const bundle of ['server.js', 'worker.js']) {
    const path = join(extensions, installed, 'dist', bundle);
    writeFileSync(path, `require(${JSON.stringify(module)});\n${readFileSync(path, 'utf8')}`);
  }
}

function entryPoint(): string {
  return createRequire(import.meta.url).resolve('code-server');
}

function nodeForCodeServer(): string {
  if (process.env.E2E_NODE !== undefined) return process.env.E2E_NODE;
  const manifest = createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`);
  return join(dirname(manifest), 'bin/node');
}

function isolatedEnvironment(folder: (name: string) => string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: folder('home'),
    TMPDIR: folder('tmp'),
    XDG_RUNTIME_DIR: folder('tmp'),
    XDG_CONFIG_HOME: folder('home/.config'),
    XDG_DATA_HOME: folder('home/.local/share'),
    XDG_CACHE_HOME: folder('home/.cache'),
    EXTENSIONS_GALLERY: '{}',
  };
}

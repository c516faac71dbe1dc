/**
 * The licences of what the bundles hold of others: esbuild's metafiles say which packages some code of really got in, the packages themselves say
 * under which terms. A package without a licence's text stops the build, because nobody may ship it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** File in `dist/` that ships with the bundles. */
export const NOTICES = 'THIRD_PARTY_NOTICES.txt';

/** Code of other packages that came inside of one, by which only its source map tells: `packages.test.ts` finds what is missing here. */
const INSIDE = [{ name: 'path-browserify', version: '1.0.1', license: 'MIT', bundles: ['vscode-uri'] }];

/** The text of that file for these metafiles; paths in them are relative to the repository. */
export function noticesOf(metafiles) {
  const packages = [...bundledIn(metafiles)].map(([folder, bundles]) => ({ ...described(folder), bundles: [...bundles].sort() }));
  const inside = INSIDE.map((each) => ({ ...each, text: textOf(join(import.meta.dirname, 'licenses', `${each.name}.txt`)) }));
  const sections = [grammar(), standardLibrary(), ...inside, ...packages]
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
    .map(
      ({ name, version, license, bundles, text }) =>
        `${'-'.repeat(78)}\n${name} ${version} (${license})\nIn ${bundles.join(', ')}\n\n${text}\n`,
    );
  return `Escapement holds code of these packages, each under its own licence.\n\n${sections.join('\n')}`;
}

/** Folders of packages, each with the bundles that hold some of its code. */
function bundledIn(metafiles) {
  const found = new Map();
  for (const [output, { inputs }] of metafiles.flatMap(({ outputs }) => Object.entries(outputs))) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
      if (folder === undefined || bytesInOutput === 0) continue;
      found.set(folder, (found.get(folder) ?? new Set()).add(output.replace(/^.*?dist\//, '')));
    }
  }
  return found;
}

function described(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  const files = readdirSync(join(ROOT, folder)).filter((each) => /^licen[cs]e/i.test(each));
  if (files.length === 0 || typeof license !== 'string') throw new Error(`${name} is bundled, and has no text of a licence`);
  return {
    name,
    version,
    license,
    text: files
      .sort()
      .map((file) => textOf(join(ROOT, folder, file)))
      .join('\n\n'),
  };
}

/** Its tables are made of the package when files are generated, and are no code that a bundle could hold. */
function grammar() {
  const made = JSON.parse(readFileSync(join(ROOT, 'grammars/PROVENANCE.json'), 'utf8')).find(({ file }) => file === 'go-tables.bin');
  const text = textOf(join(ROOT, 'grammars', `LICENSE.${made.package}`));
  return { name: made.package, version: made.version, license: made.license, bundles: [`grammars/${basename(made.file)}`], text };
}

/** What is known of it is made of its sources when facts are renewed; the licence is the same in every release. */
function standardLibrary() {
  const files = readdirSync(join(ROOT, 'server/facts')).filter((file) => file.endsWith('.txt'));
  const versions = files
    .map((file) => readFileSync(join(ROOT, 'server/facts', file), 'utf8').match(/\bgo(\d+\.\d+\.\d+)/)?.[1] ?? '')
    .sort();
  const text = textOf(join(import.meta.dirname, 'licenses/go.txt'));
  return { name: 'go', version: versions.join(','), license: 'BSD-3-Clause', bundles: ['facts'], text };
}

function textOf(path) {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();
}

/** What a rule says about itself, as a page: one text for the documentation, the hover and `escapement explain`. */
import type { OptionDefinition, Rule } from './rule.ts';

/** What the review reports on its own account, under the id `escapement`. */
export const SUPPRESSION_PAGE = `# escapement

What the review itself reports about suppression comments, so that none rots unseen. Always on.

| Finding | Severity | Remedy |
| --- | --- | --- |
| names a rule that does not exist | information | correct the name or remove it |
| gives no reason, or names no rule | information | \`//escapement:ignore RULE -- reason\`; until then it hides nothing |
| is misspelled or stands where it has no effect | information | write it without a space after \`//\`; \`file-ignore\` goes above \`package\` |
| hides nothing any more | hint | remove it |

\`\`\`go
//escapement:ignore slice-growth,map-growth -- at most two elements
\`\`\`

stands at the end of the line it speaks for, or on a line of its own above a statement or declaration, which it then covers as
a whole. \`//escapement:file-ignore RULE -- reason\` above the package clause covers the file. \`//nolint:escapement\`,
\`//nolint:all\` and \`//nolint\` are honoured as golangci-lint reads them.
`;

/** The rule's page as markdown without HTML: documentation, hover and `explain` show the same. */
export function rulePage(rule: Rule): string {
  const { docs } = rule;
  const facts = [
    `**${rule.severity}**`,
    rule.category,
    presetText(rule),
    `evidence: ${rule.evidence}`,
    versionText(rule),
    `since ${rule.since}`,
  ];
  const sections = [
    `# ${rule.id}`,
    docs.summary,
    facts.filter((fact) => fact !== '').join(' · '),
    `## Why\n\n${docs.why}`,
    `## What it costs\n\n${docs.cost}`,
    `## Example\n\nFlagged:\n\n${goBlock(docs.bad)}\n\nNot flagged:\n\n${goBlock(docs.good)}`,
    `## Fix\n\n${fixText(rule)}`,
    optionsSection(rule),
    `## Limits\n\n${docs.limits}`,
    alsoInSection(rule),
    `## When to skip it\n\n${docs.skipWhen}`,
    switchOffSection(rule),
    docs.links.length === 0 ? '' : `## Links\n\n${docs.links.map((link) => `- <${link}>`).join('\n')}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function alsoInSection({ alsoIn = {} }: Rule): string {
  const peers = Object.entries(alsoIn).map(([peer, check]) => (peer === check ? peer : `${peer} (${check})`));
  if (peers.length === 0) return '';
  return `## Also reported by\n\n${peers.join(', ')}. \`compat\` in the configuration turns off here what a tool that you run reports too.`;
}

function presetText(rule: Rule): string {
  return rule.preset === 'recommended' ? 'on by default' : 'off by default';
}

function versionText({ go }: Rule): string {
  if (go.from !== undefined && go.to !== undefined) return `Go 1.${go.from} to 1.${go.to}`;
  if (go.from !== undefined) return `Go 1.${go.from} and later`;
  return go.to === undefined ? '' : `Go 1.${go.to} and earlier`;
}

function fixText(rule: Rule): string {
  switch (rule.fix) {
    case 'safe':
      return 'A safe fix where its conditions hold: provably the same behaviour, and the result compiles. It is applied by *Fix all* and `--fix`. Otherwise the same edit is a suggestion that says what to look at.';
    case 'suggestion':
      return 'A suggestion: the edit is ready, and its title says what a person should look at. `--fix=suggestion` applies it.';
    case 'unsafe':
      return 'An edit that may change behaviour; it is applied by hand or with `--fix=unsafe`.';
    case 'none':
      return 'None: what to do depends on what the code is for.';
  }
}

function optionsSection(rule: Rule): string {
  const options = Object.entries(rule.options);
  if (options.length === 0) return '';
  const rows = options.map(([name, option]) => `| \`${name}\` | ${optionType(option)} | ${optionDefault(option)} | ${cell(option.doc)} |`);
  return `## Options\n\n| Option | Type | Default | Meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

/** An option's default as markdown, with what it is in the preset `recommended` where that differs. */
export function optionDefault(option: OptionDefinition): string {
  const quiet = option.type === 'boolean' ? option.recommended : undefined;
  const written = `\`${JSON.stringify(option.default)}\``;
  return quiet === undefined ? written : `${written}; in \`recommended\` \`${quiet}\``;
}

/** The values an option takes, in words. */
export function optionType(option: OptionDefinition): string {
  switch (option.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `${option.minimum} to ${option.maximum}`;
  }
}

function switchOffSection(rule: Rule): string {
  return `## Switching it off

One finding, with the reason:

\`\`\`go
//escapement:ignore ${rule.id} -- why this one may stay
\`\`\`

on the line, or above the statement or declaration. Everywhere, in \`.escapement.yml\`:

\`\`\`yaml
version: 1
rules:
  disable: [${rule.id}]
\`\`\`

In VS Code: \`"escapement.rules.${rule.id}": "off"\`.`;
}

export function goBlock(source: string): string {
  return `\`\`\`go\n${source.trimEnd()}\n\`\`\``;
}

/** A text as one cell of a markdown table. */
export function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}

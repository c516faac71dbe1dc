/** What a SARIF log says about rules. GitHub shows `help` beside each alert and cuts short and full description at 1,024 characters. */
import type { ReportingConfiguration, ReportingDescriptor } from 'sarif';
import type { Severity } from '../rules/index.ts';
import type { RuleInfo } from './report.ts';

const DESCRIPTION_LIMIT = 1024;

export function sarifLevel(severity: Severity): NonNullable<ReportingConfiguration['level']> {
  switch (severity) {
    case 'error':
      return 'error';
    case 'warning':
      return 'warning';
    case 'information':
    case 'hint':
      return 'note';
  }
}

export function sarifRule(rule: RuleInfo): ReportingDescriptor {
  const { docs } = rule;
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: limited(docs.summary) },
    fullDescription: { text: limited(`${docs.summary} ${docs.cost}`) },
    help: { text: helpText(rule), markdown: rule.page },
    helpUri: rule.url,
    defaultConfiguration: { level: sarifLevel(rule.severity) },
    properties: {
      tags: ['performance', rule.category],
      precision: rule.evidence === 'escape' ? 'medium' : 'high',
      'problem.severity': problemSeverity(rule.severity),
    },
  };
}

/** The descriptor of a rule of which only a finding is known. */
export function sarifUnknownRule(id: string, severity: Severity): ReportingDescriptor {
  const text = id === 'escapement' ? 'What Escapement itself reports, such as a suppression that suppresses nothing.' : `Rule ${id}.`;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text },
    fullDescription: { text },
    help: { text, markdown: text },
    defaultConfiguration: { level: sarifLevel(severity) },
    properties: { tags: ['maintainability'], precision: 'high', 'problem.severity': problemSeverity(severity) },
  };
}

function problemSeverity(severity: Severity): 'error' | 'warning' | 'recommendation' {
  switch (severity) {
    case 'error':
      return 'error';
    case 'warning':
      return 'warning';
    case 'information':
    case 'hint':
      return 'recommendation';
  }
}

/** The standard wants a name for people that differs from the id. */
function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function limited(text: string): string {
  return text.length <= DESCRIPTION_LIMIT ? text : `${text.slice(0, DESCRIPTION_LIMIT - 1)}…`;
}

function helpText({ docs }: RuleInfo): string {
  return [docs.summary, docs.why, `Cost: ${docs.cost}`, `Limits: ${docs.limits}`, `When to skip it: ${docs.skipWhen}`].join('\n\n');
}

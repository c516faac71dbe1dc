/** Reports: a finished review as text for people and for programs. */
export { forLog, forTerminal } from './escape.ts';
export * from './formats.ts';
export type { Detail, Report, RuleInfo, Sources } from './report.ts';
export { severityRank } from './report.ts';

/** Reports: a finished review as text for people and for programs. */
export { baseOf, type Comparison, type Count, type Fresh, isMore } from './comparison.ts';
export { forLog, forTerminal } from './escape.ts';
export * from './formats.ts';
export type { Detail, Report, RuleInfo, Sources } from './report.ts';
export { severityRank } from './report.ts';

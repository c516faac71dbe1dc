/** Configuration: what can be set, where it comes from, and the one settled answer. */

export { configurationWithout, disableRule } from './disable-rule.ts';
export { type Migration, migrateGolangci } from './golangci/migrate.ts';
export {
  CONFIGURATION_NAMES,
  type Configuration,
  findConfiguration,
  isConfigurationName,
  parseConfiguration,
} from './load.ts';
export { overridesAt, rulesAnywhere, rulesUnder } from './overrides.ts';
export { matchesPattern } from './pattern.ts';
export { exclusionOf, type RuleInPlace, rulesInPlace } from './provenance.ts';
export { type ClientSettings, resolveSettings } from './resolve.ts';
export { configurationSchema, optionSchema, type Schema, SEVERITIES } from './schema.ts';
export type { Exclusions, FolderSettings, ReviewSettings } from './settings.ts';

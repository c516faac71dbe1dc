/** The rules by name, and what is said about them from outside: links, options with their defaults. */
import { rules } from './all.ts';
import type { Options, OptionValue, Rule } from './rule.ts';

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}

/** The rule's page in the project's repository. */
export function ruleUrl(id: string): string {
  return `https://github.com/escapement/escapement/blob/main/docs/rules/${id}.md`;
}

/** Every option with the given value where that has the option's type and range, else its default. */
export function optionValues(options: Options, given: Readonly<Record<string, unknown>> = {}): Record<string, OptionValue> {
  const values: Record<string, OptionValue> = Object.create(null);
  for (const [name, option] of Object.entries(options)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    values[name] = isValueOf(option, value) ? value : option.default;
  }
  return values;
}

function isValueOf(option: Options[string], value: unknown): value is OptionValue {
  switch (option.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= option.minimum && value <= option.maximum;
  }
}

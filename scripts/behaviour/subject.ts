/** Generated Go functions: what a generator gives, and how it becomes a file of its own, so that hits can be told apart. */
import type { Arbitrary } from 'fast-check';

/** A function body that may use `in *input.Input`, and returns something that `%#v` shows whole. */
export interface Body {
  /** As gofmt would have it, without the outer braces; lines need no indentation. */
  readonly text: string;
  /** Go type of the result; with a name it is a named result. Default: any. */
  readonly result?: string;
  /** Import paths besides the input's. */
  readonly imports?: readonly string[];
  /** How many turns the calm input takes; default: as many as are counted. */
  readonly turns?: number;
  /** What is made room for need not come, so that nothing is said of allocations. */
  readonly isLavish?: boolean;
}

export interface Generator {
  /** Rules whose safe fixes are applied, all together. */
  readonly rules: readonly string[];
  readonly bodies: Arbitrary<Body>;
  /** Of the generated functions, the least share that fixes must hit for the proof to mean something. */
  readonly hits: number;
  /** Whether many turns of a fixed loop must allocate less than before. */
  readonly saves: boolean;
  /** Allocations that a fix may cost where few turns do not earn them back. */
  readonly setUp: number;
  /** What they are. */
  readonly because?: string;
}

/** Text of the file that declares the function. */
export function fileOf(packageName: string, name: string, { text, result = 'any', imports = [] }: Body): string {
  const paths = ['behaviour/input', ...imports].map((path) => `\t"${path}"`).sort();
  const results = result.includes(' ') ? `(${result})` : result;
  return `package ${packageName}\n\nimport (\n${paths.join('\n')}\n)\n\nfunc ${name}(in *input.Input) ${results} {\n${text}\n}\n`;
}

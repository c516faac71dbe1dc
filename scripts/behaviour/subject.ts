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
  /** Makes the function a generic one: its type parameters, a parameter of such a type, and what it is given. */
  readonly generic?: { readonly types: string; readonly parameter: string; readonly given: string };
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
  /**
   * Language of the fixed form, as a build constraint says it, where the fix repairs what later Go does by itself: the other
   * form is then in the newest language, so that the two agree only when all of it is repaired.
   */
  readonly fixedIn?: string;
}

/** Text of the file that declares the function, with what makes it a file of an older language. */
export function fileOf(constraint: string | undefined, name: string, { text, result = 'any', imports = [], generic }: Body): string {
  const paths = ['behaviour/input', ...imports].map((path) => `\t"${path}"`).sort();
  const results = result.includes(' ') ? `(${result})` : result;
  const head = `${constraint === undefined ? '' : `//go:build ${constraint}\n\n`}package subject\n\nimport (\n${paths.join('\n')}\n)\n\n`;
  const declared = (start: string): string => `${head}func ${start} ${results} {\n${text}\n}\n`;
  if (generic === undefined) return declared(`${name}(in *input.Input)`);
  const inner = `${name}Of`;
  const called = `\nfunc ${name}(in *input.Input) any { return ${inner}(in, ${generic.given}) }\n`;
  return `${declared(`${inner}${generic.types}(in *input.Input, ${generic.parameter})`)}${called}`;
}

/** Go to type into: files whose functions have findings, and a marker that tells from a finding which version of the text it is of. */

/** Stands in every text that is opened, written or typed, and in broken frames; a log that holds it holds source text. */
export const SECRET = 'SECRETS';

/** Text with a package clause, a marker and functions, which call each other across files. */
export function goFile(packageName: string, stamp: number, functions: readonly string[]): string {
  return [`package ${packageName} // ${SECRET}\n\nimport "context"\n`, marker(stamp), ...functions].join('\n');
}

const MARKER = /func V\d+\(/;

/** The finding in it carries its name. */
function marker(stamp: number): string {
  return `func V${stamp}(xs []int) (out []int) {\n\tfor _, x := range xs {\n\t\tout = append(out, x+1)\n\t}\n\treturn out\n}\n`;
}

/** Where in UTF-16 units the stamp of the text stands; undefined when an edit has broken the marker. */
export function stampPlace(text: string): { readonly start: number; readonly end: number } | undefined {
  const found = MARKER.exec(text);
  return found === null ? undefined : { start: found.index + 'func V'.length, end: found.index + found[0].length - 1 };
}

/** Stamps that findings name, but those kept of an earlier text. */
export function stampsOf(items: readonly unknown[]): number[] {
  return items.flatMap((item) => {
    const data: unknown = typeof item === 'object' && item !== null && 'data' in item ? item.data : undefined;
    if (typeof data !== 'object' || data === null || !('function' in data) || 'kept' in data) return [];
    const stamp = /^V(\d+)$/.exec(String(data.function))?.[1];
    return stamp === undefined ? [] : [Number(stamp)];
  });
}

const TEMPLATES: readonly ((i: number) => string)[] = [
  (i) => `func grow${i}(xs []int) (out []int) {\n\tfor _, x := range xs {\n\t\tout = append(out, x*${i})\n\t}\n\treturn out\n}\n`,
  (i) => `func wait${i}(ctx context.Context) {\n\tctx, _ = context.WithCancel(ctx)\n\t<-ctx.Done()\n}\n`,
  (i) => `type node${i} struct {\n\tok   bool\n\tsize int64\n\tlast *int64\n\tdone bool\n}\n`,
  (i) => `func point${i}(n int64) *node${i} {\n\tv := node${i}{size: n}\n\tv.last = &n\n\treturn &v\n}\n`,
  (i) => `func run${i}(names []string) {\n\tfor _, n := range names {\n\t\tgo func() { hold${i}(&n) }()\n\t}\n}\n`,
  (i) => `var held${i} *string\n\nfunc hold${i}(s *string) { held${i} = s }\n`,
  (i) => `func join${i}(names []string) (s string) {\n\tfor _, n := range names {\n\t\ts += n + "é😀"\n\t}\n\treturn s\n}\n`,
  (i) =>
    `// 😀 calls what other files declare\nfunc call${i}(n int64) {\n\tname := "x"\n\thold${i + 1}(&name)\n\tprintln(point${i}(n), name)\n}\n`,
];

export const TEMPLATE_COUNT = TEMPLATES.length;

export function functionOf(template: number, index: number): string {
  return TEMPLATES[template % TEMPLATES.length](index);
}

/** What is typed: pieces of Go that break a text and mend it again. */
export const PIECES = [
  ...[`${SECRET} `, `${SECRET} := "`, `func ${SECRET}() {`],
  ...['{', '}', '(', ')', '"', '`', "'", '//', '/*', '*/', '\n', '\r\n', '\r', ';', ',', ':=', '.', '&', '<-', 'é', '😀', '\u2028', '\0'],
  ...['if x {', 'return', 'func (', 'go func() {', 'defer ', 'for _, y := range names {', 'hold1(', 'x := 1\n', 'var ', 'type T struct {'],
  ...['\tprintln(1)\n', '// a comment\n', 'import "fmt"\n', '//escapement:ignore slice-growth -- a reason\n', ' '],
];

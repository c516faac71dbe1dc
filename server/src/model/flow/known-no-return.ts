/**
 * Functions outside the reviewed package that never return to their caller: they end the process, the goroutine or the test,
 * or they panic. Names are `import path` + `.` + `Name` or `Type.Name`, as a `Callee` spells them. Only what is documented to
 * do so unconditionally belongs here; what is in view is found from its own body instead (no-return.ts).
 */

const FATAL_AND_PANIC = ['Fatal', 'Fatalf', 'Fatalln', 'Panic', 'Panicf', 'Panicln'];
const TEST_ENDS = ['FailNow', 'Fatal', 'Fatalf', 'Skip', 'Skipf', 'SkipNow'];
const KLOG = ['Fatal', 'Fatalf', 'Fatalln', 'FatalDepth', 'FatalDepthf', 'Exit', 'Exitf', 'Exitln', 'ExitDepth', 'ExitDepthf'];
const ZAP_SUGARED = ['Fatal', 'Fatalf', 'Fatalln', 'Fatalw', 'Panic', 'Panicf', 'Panicln', 'Panicw'];
const TESTIFY_REQUIRE = ['FailNow', 'FailNowf', 'Fail', 'Failf'];

function named(path: string, names: readonly string[], ...types: readonly string[]): string[] {
  return types.length === 0
    ? names.map((name) => `${path}.${name}`)
    : types.flatMap((type) => names.map((name) => `${path}.${type}.${name}`));
}

const KNOWN: ReadonlySet<string> = new Set([
  'os.Exit',
  'syscall.Exit',
  'runtime.Goexit',
  ...named('log', FATAL_AND_PANIC),
  ...named('log', FATAL_AND_PANIC, 'Logger'),
  ...named('testing', TEST_ENDS, 'T', 'B', 'F', 'TB', 'common'),
  ...named('k8s.io/klog', KLOG),
  ...named('k8s.io/klog/v2', KLOG),
  ...named('github.com/golang/glog', KLOG),
  ...named('github.com/sirupsen/logrus', [...FATAL_AND_PANIC, 'Exit']),
  ...named('github.com/sirupsen/logrus', [...FATAL_AND_PANIC, 'Exit'], 'Logger', 'Entry'),
  ...named('go.uber.org/zap', ['Fatal', 'Panic'], 'Logger'),
  ...named('go.uber.org/zap', ZAP_SUGARED, 'SugaredLogger'),
  ...named('github.com/stretchr/testify/require', TESTIFY_REQUIRE),
  ...named('github.com/stretchr/testify/require', TESTIFY_REQUIRE, 'Assertions'),
  ...named('github.com/onsi/ginkgo', ['Fail', 'Skip', 'AbortSuite']),
  ...named('github.com/onsi/ginkgo/v2', ['Fail', 'Skip', 'AbortSuite']),
]);

const NAMES: ReadonlySet<string> = new Set([...KNOWN].map((each) => each.slice(each.lastIndexOf('.') + 1)));

/** Whether any of them has the name, without package and type. */
export function isNameOfKnown(name: string): boolean {
  return NAMES.has(name);
}

/** `name` is `Name` or `Type.Name`. */
export function isKnownNeverToReturn(path: string, name: string): boolean {
  return KNOWN.has(`${path}.${name}`);
}

/** Types whose methods end a test, as source spells them. */
export const TEST_TYPES: readonly string[] = ['*testing.T', '*testing.B', '*testing.F', 'testing.TB'];

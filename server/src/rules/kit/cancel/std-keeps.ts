/**
 * What the standard library keeps of its arguments after a call: functions that register a callback, start something that
 * goes on by itself, or put a value into a container. All others let go of a context or function when they return, though
 * their result may hold it. So do a few packages that tests use everywhere.
 */

const KEEPS: ReadonlySet<string> = new Set([
  'context.AfterFunc',
  'time.AfterFunc',
  'runtime.SetFinalizer',
  'runtime.AddCleanup',
  'net/http.Handle',
  'net/http.HandleFunc',
  'net/http.ServeMux.Handle',
  'net/http.ServeMux.HandleFunc',
  'net/http.Server.RegisterOnShutdown',
  'net/rpc.Register',
  'net/rpc.RegisterName',
  'expvar.Publish',
  'sync/atomic.Value.Store',
  'sync/atomic.Value.Swap',
  'sync/atomic.Value.CompareAndSwap',
  'sync/atomic.Pointer.Store',
  'sync/atomic.Pointer.Swap',
  'sync/atomic.Pointer.CompareAndSwap',
  'sync.Map.Store',
  'sync.Map.LoadOrStore',
  'sync.Map.Swap',
  'sync.Map.CompareAndSwap',
  'sync.Pool.Put',
  'sync.WaitGroup.Go',
  'container/list.List.PushBack',
  'container/list.List.PushFront',
  'container/list.List.InsertAfter',
  'container/list.List.InsertBefore',
  'container/heap.Push',
  'os/exec.Cmd.Start',
  'runtime/pprof.SetGoroutineLabels',
  'testing.common.Cleanup',
  'testing.T.Cleanup',
  'testing.B.Cleanup',
  'testing.F.Cleanup',
  'testing.TB.Cleanup',
  'testing.T.Run',
]);

/** Packages outside the standard library none of whose functions keeps an argument: they compare, check, or derive a context. */
const LETS_GO: ReadonlySet<string> = new Set([
  'github.com/google/go-cmp/cmp',
  'github.com/stretchr/testify/assert',
  'github.com/stretchr/testify/require',
  'google.golang.org/grpc/metadata',
  'google.golang.org/protobuf/proto',
]);

export function letsGo(importPath: string): boolean {
  return LETS_GO.has(importPath);
}

/** `name` is `Name` or `Type.Name`. */
export function isKeptByStandardLibrary(path: string, name: string): boolean {
  return KEEPS.has(`${path}.${name}`);
}

/**
 * Loaded first (`node --require`) by a server under test: refuses and records child processes and sockets, in every thread. It
 * watches twice, at the functions that programs call and, through async_hooks, at the handles that Node makes for whatever way
 * was taken. Lines of JSON in the file that $ESCAPEMENT_WITNESS names: `{ watching, pid, thread }` once per thread, which shows that the
 * witness was there, and `{ refused }` or `{ handle }` per event. Does nothing in processes other than the server.
 */
'use strict';
const { createHook } = require('node:async_hooks');
const { appendFileSync } = require('node:fs');
const { basename } = require('node:path');
const { isMainThread, threadId } = require('node:worker_threads');

const record = process.env.ESCAPEMENT_WITNESS;
const script = basename(process.argv[1] ?? '');
// Threads have a script of their own, but a copy of the environment.
if (isMainThread && /^(server|escapement|control)\.c?js$/.test(script)) process.env.ESCAPEMENT_WATCHED = String(process.pid);
if (record !== undefined && process.env.ESCAPEMENT_WATCHED === String(process.pid)) watch();

function watch() {
  note({ watching: script, pid: process.pid, thread: threadId });
  // The process's own streams and the editor's channel to it are pipes; what connects, serves or looks up is not.
  const outside = /^(PROCESSWRAP|TCP.*|PIPE(SERVER|CONNECT)WRAP|UDP.*|TLSWRAP|GETADDRINFOREQWRAP|GETNAMEINFOREQWRAP|QUERYWRAP|HTTP.*)$/;
  createHook({ init: (_, type) => outside.test(type) && note({ handle: type }) }).enable();
  refuse('node:child_process', ['spawn', 'spawnSync', 'fork', 'exec', 'execSync', 'execFile', 'execFileSync']);
  refuse('node:net', ['connect', 'createConnection', 'createServer']);
  refuse('node:tls', ['connect', 'createServer']);
  refuse('node:dgram', ['createSocket']);
  refuse('node:dns', ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']);
  refuse('node:http', ['request', 'get', 'createServer']);
  refuse('node:https', ['request', 'get', 'createServer']);
  refuse('node:http2', ['connect', 'createServer', 'createSecureServer']);
  refuseIn(globalThis, 'global', ['fetch', 'WebSocket', 'EventSource']);
  refuseIn(require('node:net').Socket.prototype, 'net.Socket', ['connect']);
  refuseIn(require('node:net').Server.prototype, 'net.Server', ['listen']);
  refuseIn(require('node:child_process').ChildProcess.prototype, 'ChildProcess', ['spawn']);
}

function refuse(name, functions) {
  refuseIn(require(name), name, functions);
}

function refuseIn(object, name, functions) {
  for (const each of functions.filter((candidate) => candidate in object)) {
    object[each] = () => {
      note({ refused: `${name}.${each}` });
      throw new Error(`refused: ${name}.${each}`);
    };
  }
}

function note(line) {
  appendFileSync(record, `${JSON.stringify(line)}\n`);
}

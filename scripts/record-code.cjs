/**
 * Preloaded by `code-cache.mjs` into a review and its worker: gives the loader an empty compiled form, so that it compiles the
 * bundle as it does with a good one, and writes what V8 has compiled when the review is over.
 */
const fs = require('node:fs');
const { basename } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const vm = require('node:vm');
const { isMainThread, parentPort } = require('node:worker_threads');

const { ESCAPEMENT_RECORD_CODE: directory } = process.env;
const { readFileSync } = fs;
const scripts = new Map();

// V8 drops compiled code that has not run for a while, which is first of all what every review begins with.
setFlagsFromString('--no-flush-bytecode');

fs.readFileSync = (path, options) => (isCache(path) ? Buffer.alloc(0) : readFileSync(path, options));
vm.Script = class extends vm.Script {
  constructor(source, { cachedData, ...options }) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

if (isMainThread) process.on('exit', write);
else writeWhenStopped();

/** A worker is told when it is needed no more, and killed soon after. */
function writeWhenStopped() {
  const { on } = parentPort;
  parentPort.on = (event, listener) => {
    const hear = (message) => {
      if (message.kind === 'stop') write();
      listener(message);
    };
    return on.call(parentPort, event, event === 'message' ? hear : listener);
  };
}

function write() {
  // Compiled code is tied to the flags that hold while it is written.
  setFlagsFromString('--flush-bytecode');
  for (const [bundle, script] of scripts) {
    const file = `${bundle}.${process.arch}.cache`;
    fs.writeFileSync(`${file}.new`, script.createCachedData());
    fs.renameSync(`${file}.new`, file);
  }
}

function isCache(path) {
  return typeof path === 'string' && path.startsWith(directory) && basename(path).endsWith('.cache');
}

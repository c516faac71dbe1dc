/**
 * Preloaded by `code-cache.mjs` into a review and its worker: gives the loader an empty compiled form, so that it compiles the
 * bundle as it does with a good one, and writes what V8 has compiled when the review is over.
 */
const fs = require('node:fs');
const { basename } = require('node:path');
const vm = require('node:vm');
const { isMainThread, parentPort } = require('node:worker_threads');

const { ESCAPEMENT_RECORD_CODE: directory } = process.env;
const { readFileSync } = fs;
const scripts = new Map();

fs.readFileSync = (path, options) => (isCache(path) ? Buffer.alloc(0) : readFileSync(path, options));
vm.Script = class extends vm.Script {
  constructor(source, { cachedData, ...options }) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

if (isMainThread) process.on('exit', write);
else writeAfterAnswers();

/** A worker is killed when it is needed no more, which no code of it hears about, and perhaps while it writes once more. */
function writeAfterAnswers() {
  const post = parentPort.postMessage;
  parentPort.postMessage = (message) => {
    if (message.kind === 'done') write();
    post.call(parentPort, message);
  };
}

function write() {
  for (const [bundle, script] of scripts) {
    const file = `${bundle}.${process.arch}.cache`;
    fs.writeFileSync(`${file}.new`, script.createCachedData());
    fs.renameSync(`${file}.new`, file);
  }
}

function isCache(path) {
  return typeof path === 'string' && path.startsWith(directory) && basename(path).endsWith('.cache');
}

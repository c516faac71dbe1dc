/**
 * Loaded before a server's own code: how long its message loop was busy with one thing at most, of all moments. A signal has it
 * told on standard error, in milliseconds.
 */
const { monitorEventLoopDelay } = require('node:perf_hooks');

const RESOLUTION_MS = 2;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

process.on('SIGUSR2', () => {
  // A timer of so many milliseconds that is on time counts as that delay.
  const [p50, p99, max] = [delays.percentile(50), delays.percentile(99), delays.max].map((ns) => Math.max(0, ns / 1e6 - RESOLUTION_MS));
  process.stderr.write(`loop delay ${JSON.stringify({ p50, p99, max })}\n`);
  delays.reset();
});

/** The analysis in a worker thread: what `worker.js` loads. */
import { createGoSession, runWorker } from '../node/index.ts';

runWorker(createGoSession).catch((error: unknown) => {
  throw error;
});

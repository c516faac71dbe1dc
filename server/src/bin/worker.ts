/** Entry of a worker thread. */
import { createGoSession, runWorker } from '../node/index.ts';

runWorker(createGoSession).catch((error: unknown) => {
  throw error;
});

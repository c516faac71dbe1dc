/** Entry of a worker thread that runs the tiny analysis. */
import { runWorker } from '../../src/node/index.ts';
import { createBugSession } from './bug-session.ts';

void runWorker(async (fileSystem) => createBugSession(fileSystem));

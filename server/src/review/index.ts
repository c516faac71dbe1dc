/** The review: files in, findings out, whatever the host. */
export * from './shapes.ts';

/** What the code means: modules, packages, imports, scopes, types, calls and control flow. */
export * from './shapes.ts';

/** The language server without a host, its protocol, and the conversions that both ends of the protocol share. */
export { type Conversion, fixOfAction, fromWorkspaceEdit, type PositionedText, type TextLookup, toFinding } from './convert.ts';
export type { PositionEncoding } from './encoding.ts';
export { type ClientReadFiles, type ConfigurationProblem, type ProvidedFiles, type ServerHost, UNREAD, type WantedFiles } from './host.ts';
export * from './protocol.ts';
export { startServer } from './server.ts';
export { pathOfUri, uriOfPath } from './uri.ts';

/** Configuration: what can be set, where it comes from, and the one settled answer. */
export type { ReviewSettings } from './settings.ts';

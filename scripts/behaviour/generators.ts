/** All generators of the behaviour proof. A rule whose fix changes arithmetic or order has one. */
import { CAPTURES } from './captures.ts';
import { CONVERSIONS } from './conversions.ts';
import { COPIES } from './copies.ts';
import { GOROUTINES } from './goroutines.ts';
import { GROWTH } from './growth.ts';
import { LIFETIMES } from './lifetimes.ts';
import type { Generator } from './subject.ts';
import { TEXTS } from './texts.ts';

export const GENERATORS: readonly Generator[] = [...GROWTH, ...TEXTS, ...CAPTURES, ...CONVERSIONS, ...COPIES, ...GOROUTINES, ...LIFETIMES];

import type { TemplateResult } from 'lit';
import type { NumberOptions } from '../number.ts';

/** Draws a number that unfolds. */
export type Num = (value: number, address: string, options: Partial<NumberOptions>) => TemplateResult;

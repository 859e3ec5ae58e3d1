import type { TemplateResult } from 'lit';
import type { Pass } from '../../models/transformer_pass.ts';
import type { NumberOptions } from '../number.ts';

/** Draws a number of a pass, which unfolds. */
export type Num = (pass: Pass, value: number, address: string, options: Partial<NumberOptions>) => TemplateResult;

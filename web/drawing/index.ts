// Plain data in, Lit templates out. No state, no engine, no custom elements.
export { bars, type BarsOptions, barsStyles, sumLine } from './bars.ts';
export { digitsFor, format, formatCount, formatPower, formatShort, formatSigned, formatSignificant, parseNumber } from './format.ts';
export { blocks, diverging, largest, roundUp } from './scale.ts';
export { strip, type StripOptions, stripStyles, sumSteps, type SumStepsOptions } from './strip.ts';

// Plain data in, Lit templates out. No state, no engine, no custom elements.
export { bars, type BarsOptions, barsStyles, sumLine } from './bars.ts';
export {
  digitsFor,
  format,
  formatCount,
  formatPower,
  formatShort,
  formatSigned,
  formatSignificant,
  formatTight,
  parseNumber,
} from './format.ts';
export { blocks, diverging, largest, roundUp } from './scale.ts';
export { strip, type StripOptions, stripStyles, sumSteps, type SumStepsOptions } from './strip.ts';
export { arc, arrow, type ArrowOptions, grid, type PlaneScale, pixelsPerUnit, planeStyles, toX, toY } from './plane.ts';

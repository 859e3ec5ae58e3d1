// Plain data in, Lit templates out. No state, no engine, no custom elements.
export { type BarsOptions, bars, barsStyles, extent, sumLine } from './bars.ts';
export { type ChartLine, type ChartOptions, chart, chartStyles, charts, chartTable, chartWords } from './chart.ts';
export { classColor, classCount, classMark, classStyles, marker, shapeName } from './classes.ts';
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
export { type PictureOptions, picture, pictureStyles, squareName } from './picture.ts';
export {
  type ArrowOptions,
  arc,
  arrow,
  drag,
  grid,
  keepThePageStill,
  nudge,
  type PlaneScale,
  pixelsPerUnit,
  planeStyles,
  toX,
  toY,
} from './plane.ts';
export { blocks, diverging, largest, roundUp, steadyScale } from './scale.ts';
export { type Field, type PointsOptions, planeExtent, points, regions, scatterStyles } from './scatter.ts';
export { type StripOptions, type SumStepsOptions, strip, stripStyles, sumSteps } from './strip.ts';

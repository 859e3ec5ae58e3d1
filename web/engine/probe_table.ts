// Probes of many layers and seeds as one table.
import type { ProbeFit, ProbeLayer, ProbeTable, Spread } from './probe_types.ts';

/** Mean, extremes and standard deviation (n − 1) of at least one figure. */
export function spread(figures: readonly number[]): Spread {
  const mean = figures.reduce((sum, x) => sum + x, 0) / figures.length;
  const squares = figures.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const deviation = figures.length > 1 ? Math.sqrt(squares / (figures.length - 1)) : 0;
  return { mean, min: Math.min(...figures), max: Math.max(...figures), deviation };
}

/** The spread of what every fit has; null where one of them lacks it. */
function spreadOfAll(figures: readonly (number | null)[]): Spread | null {
  const there = figures.filter((figure) => figure !== null);
  return there.length === figures.length ? spread(there) : null;
}

function sumOf(tables: readonly Uint32Array[]): Uint32Array {
  const sum = new Uint32Array((tables[0] as Uint32Array).length);
  for (const table of tables) for (const [i, count] of table.entries()) sum[i] = (sum[i] as number) + count;
  return sum;
}

function layerOf(layer: number, fits: readonly ProbeFit[]): ProbeLayer {
  const of = (figure: (fit: ProbeFit) => number) => spread(fits.map(figure));
  return {
    layer,
    accuracy: of(({ score }) => score.accuracy),
    majority: of(({ majority }) => majority),
    control: spreadOfAll(fits.map(({ control }) => control?.accuracy ?? null)),
    selectivity: spreadOfAll(fits.map(({ selectivity }) => selectivity)),
    shuffled: of(({ shuffled }) => shuffled.accuracy),
    chance: of(({ shuffled }) => shuffled.chance),
    explained: of(({ explained }) => explained),
    directions: Math.max(...fits.map(({ directions }) => directions)),
    confusion: sumOf(fits.map(({ score }) => score.confusion)),
  };
}

/** The table of what has come so far; layers without a fit are not in it. */
export function gather(
  classes: readonly string[],
  layers: readonly number[],
  seeds: readonly number[],
  fits: readonly ProbeFit[],
): ProbeTable {
  const found = layers
    .map((layer) => ({ layer, its: fits.filter((fit) => fit.layer === layer) }))
    .filter(({ its }) => its.length > 0)
    .map(({ layer, its }) => layerOf(layer, its));
  return { classes, seeds, layers: found, fits: [...fits] };
}

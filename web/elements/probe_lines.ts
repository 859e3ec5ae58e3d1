// A table of probes as lines of a chart by layer: the probe, its control where there is one, labels dealt at random, the commonest class.
import type { LayerChartOptions, LayerLine } from '../drawing/layer_chart.ts';
import type { Spread } from '../engine/index.ts';
import type { LayerFigures } from '../models/probe_words.ts';
import type { TransformerName } from '../models/transformer_source.ts';

/**
 * `layers` may lack some, or all, of the `count` layers that are drawn. `controlled`: whether there is a control, as far as is known before anything is
 * measured. It is the last line, so that the others keep their marks where it is missing.
 */
export function probeLines(
  name: TransformerName,
  layers: readonly LayerFigures[],
  count: number,
  controlled = true,
): Pick<LayerChartOptions, 'name' | 'layers' | 'lines' | 'levels'> {
  const line = (title: string, of: (layer: LayerFigures) => Spread | null): LayerLine => {
    const spreads = Array.from({ length: count }, (_, at) => {
      const found = layers.find(({ layer }) => layer === at);
      return found ? of(found) : null;
    });
    const each = (part: 'mean' | 'min' | 'max') => spreads.map((spread) => spread?.[part] ?? Number.NaN);
    return { name: title, means: each('mean'), low: each('min'), high: each('max') };
  };
  const control = layers.length === 0 ? controlled : layers.some((one) => one.control);
  return {
    name: `The ${name}, share of the words held out that come out right`,
    layers: count,
    lines: [
      line('probe', ({ accuracy }) => accuracy),
      line('labels dealt at random', ({ shuffled }) => shuffled),
      ...(control ? [line('control task', (one) => one.control)] : []),
    ],
    levels: [{ name: 'always the commonest class', value: layers[0]?.majority.mean ?? Number.NaN }],
  };
}

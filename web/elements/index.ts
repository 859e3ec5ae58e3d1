// Every custom element of the lab and how to load it. Nothing is imported until it is needed, so that a page loads only the
// elements that it holds. An element's attributes stand in its folder's element.yaml.
export const elements: Readonly<Record<string, () => Promise<unknown>>> = {
  'dot-product': () => import('./product/product.ts'),
  'dot-lanes': () => import('./lanes/lanes.ts'),
  'dot-race': () => import('./race/race.ts'),
  'dot-unfold': () => import('./unfold/unfold.ts'),
  'dot-angle': () => import('./angle/angle.ts'),
  'dot-ranking': () => import('./ranking/ranking.ts'),
  'dot-analogy': () => import('./analogy/analogy.ts'),
  'dot-offsets': () => import('./offsets/offsets.ts'),
  'dot-benchmark': () => import('./benchmark/benchmark.ts'),
  'dot-bias': () => import('./bias/bias.ts'),
  'dot-softmax': () => import('./softmax/softmax.ts'),
  'dot-classifier': () => import('./classifier/classifier.ts'),
  'dot-digits': () => import('./digits/digits.ts'),
  'dot-confusion': () => import('./confusion/confusion.ts'),
  'dot-flip': () => import('./flip/flip.ts'),
  'dot-warp': () => import('./warp/warp.ts'),
  'dot-course-map': () => import('./course_map/course_map.ts'),
  'dot-matvec': () => import('./matvec/matvec.ts'),
  'dot-templates': () => import('./templates/templates.ts'),
  'dot-attention': () => import('./attention/attention.ts'),
  'dot-attention-map': () => import('./attention_map/attention_map.ts'),
  'dot-transformer': () => import('./transformer/transformer.ts'),
  'dot-induction': () => import('./induction/induction.ts'),
  'dot-head-kinds': () => import('./head_kinds/head_kinds.ts'),
  'dot-probe': () => import('./probe/probe.ts'),
  'dot-probe-figures': () => import('./probe_figures/probe_figures.ts'),
  'dot-probe-direction': () => import('./probe_direction/probe_direction.ts'),
  'dot-sense-drift': () => import('./sense_drift/sense_drift.ts'),
  'dot-own-probe': () => import('./own_probe/own_probe.ts'),
  'dot-digit-pad': () => import('./digit_pad/digit_pad.ts'),
  'dot-topics': () => import('./topics/topics.ts'),
  'dot-cloud': () => import('./cloud/cloud.ts'),
  'dot-saturation': () => import('./saturation/saturation.ts'),
  'dot-model-scale': () => import('./model_scale/model_scale.ts'),
  'dot-value': () => import('./value/value.ts'),
  'dot-predict': () => import('./predict/predict.ts'),
  'dot-check': () => import('./check/check.ts'),
  'dot-key': () => import('./check/key.ts'),
  'dot-cell': () => import('./cell/cell.ts'),
  'dot-progress': () => import('./progress/progress.ts'),
};

/** Loads every element that `root` holds and that is not defined yet. Resolves when all are. */
export async function loadElements(root: ParentNode = document): Promise<void> {
  const wanted = Object.keys(elements).filter((name) => !customElements.get(name) && root.querySelector(name));
  await Promise.all(wanted.map((name) => elements[name]?.()));
}

// The probe's numbers: a logit for each class, its exp, its share; and the loss, if the probe is of the class that it is said to be of.
import { html, type TemplateResult } from 'lit';
import { classColor, classMark, format, formatPower } from '../../drawing/index.ts';
import type { ClassifierModel } from '../../models/classifier.ts';
import type { NumberOptions } from '../number.ts';

type Num = (value: number, address: string, options: Partial<NumberOptions>) => TemplateResult;

/** What vanishes at three decimals is no 0: it is written as a power of ten. */
const small = (value: number) => (value !== 0 && Math.abs(value) < 0.0005 ? { text: formatPower(value) } : {});

export function probe(model: ClassifierModel, num: Num): TemplateResult {
  const classes = model.data.classes.value;
  const { at, label } = model.probe.value;
  const row = model.look.value?.probe;
  const known = row?.probabilities.length === classes.length ? row : undefined;
  const cell = (value: number | undefined, address: string, says: string, digits = 3) =>
    known && value !== undefined
      ? num(value, address, { ...small(value), digits, label: says, source: known.source, key: `probe/${address}` })
      : html`<span class="soft">…</span>`;
  return html`<section class="probe-numbers" aria-label="The probe">
    <p class="rule">The probe stands at (${format(at[0], 2)}, ${format(at[1], 2)}). ${
      model.linear.value
        ? 'A logit is its dot product with a class vector, plus a bias.'
        : 'A logit is the dot product of its last hidden units with a class vector, plus a bias.'
    }</p>
    <div class="scroll wide"><table class="numbers"><thead><tr><th scope="col">class</th><th scope="col">logit</th><th scope="col">exp(<var>z</var> − max)</th><th scope="col">probability</th></tr></thead>
    <tbody>${classes.map(
      (
        name,
        k,
      ) => html`<tr class=${known?.predicted === k ? 'first share' : 'share'} style="--share:${known?.probabilities[k] ?? 0};--colour:${classColor(k)}"><th scope="row">${classMark(k)} ${name}</th>
        <td>${cell(known?.logits[k], `network/logit[0][${k}]`, `logit of ${name}`)}</td><td>${cell(known?.exps[k], `network/exp[0][${k}]`, `exp for ${name}`)}</td>
        <td>${cell(known?.probabilities[k], `network/probability[0][${k}]`, `probability of ${name}`)}</td></tr>`,
    )}
    <tr><th scope="row">sum</th><td></td><td>${cell(known?.expSum, 'network/exp-sum[0]', 'sum of the exps')}</td><td></td></tr></tbody></table></div>
    <p class="loss"><label>If it is of class <select @change=${(event: Event) => model.label_probe(Number((event.target as HTMLSelectElement).value))}>${classes.map(
      (name, k) => html`<option value=${k} ?selected=${k === label}>${name}</option>`,
    )}</select>, its loss, −ln of that probability, is</label> ${cell(known?.loss ?? undefined, 'network/loss[0]', 'loss of the probe')}</p></section>`;
}

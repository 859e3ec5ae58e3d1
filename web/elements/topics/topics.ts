// <dot-topics>: a text is a vector, a topic is a direction, and a score is their dot product.
import { html, nothing, type TemplateResult } from 'lit';
import { chartStyles, charts, chartTable } from '../../drawing/chart.ts';
import { format, formatCount } from '../../drawing/format.ts';
import { parseTopics } from '../../models/topic_texts.ts';
import { type Answered, longestText, TopicsModel, type Trained } from '../../models/topics.ts';
import { pairSource } from '../../models/unfold.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { loadingWords, wordStyles, words } from '../words.ts';
import { topicsStyles } from './topics.styles.ts';

const firstText = 'The wind dropped, and the players ran onto the field.';

/** Our own texts are a part of the program, loaded when they are wanted. */
async function topicTexts() {
  const { default: text } = await import('../../../lessons/data/topics/texts.txt?raw');
  return parseTopics(text);
}

export class DotTopics extends DotElement<TopicsModel> {
  static override readonly widgetAttributes = ['text', 'seed'];
  static override styles = [DotElement.base, wordStyles, chartStyles, topicsStyles];

  protected override create_model(): TopicsModel {
    return new TopicsModel(words(), topicTexts, { text: this.attr('text', firstText), seed: this.seed() }).follow();
  }

  protected override get origin() {
    return this.model.asked.answer.value?.source;
  }

  protected override view(model: TopicsModel): TemplateResult {
    const trained = model.training.answer.value;
    const answer = model.asked.answer.value;
    const failure = model.training.failure.value ?? model.asked.failure.value;
    // Room for the whole figure from the start, so that the page below it keeps still when the vectors arrive.
    const room = this.width.value < 520 ? 980 : 800;
    return html`${failure ? this.failed(failure, () => void model.train()) : nothing}<div style=${`min-height:${room}px`}>${
      answer && trained
        ? html`${this.#write(model, answer)}${this.#scores(model, answer)}${this.#words(model, answer)}${this.#held(model, trained)}`
        : failure
          ? nothing
          : loadingWords(model.words)
    }</div>`;
  }

  #write(model: TopicsModel, { used, unknown, trained }: Answered): TemplateResult {
    return html`<label class="write">A text of your own, or one of these
      <textarea maxlength=${longestText} rows="2" spellcheck="false" .value=${model.text.value} @input=${(event: Event) => model.write((event.target as HTMLTextAreaElement).value)}></textarea></label>
      <div class="controls"><label>Try <select aria-label="Try a text" @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        const chosen = trained.misses[Number(select.value)]?.text ?? tries[-1 - Number(select.value)];
        if (chosen) model.write(chosen);
        select.value = '';
      }}><option value="">a text that was held out, or a hard one</option>
        ${tries.map((text, i) => html`<option value=${-1 - i}>${text}</option>`)}
        ${trained.misses.map(({ text }, i) => html`<option value=${i}>${text}</option>`)}</select></label>
      <button type="button" class="quiet" @click=${() => this.reset()}>Start again</button></div>
      <p class="used soft">${
        used.length === 0
          ? 'None of these words is in the vocabulary, so there is nothing to compare. Write some plain English words.'
          : html`${formatCount(used.length)} ${used.length === 1 ? 'word' : 'words'} of the vocabulary${unknown.length ? html`; not in it, so passed over: <s>${unknown.join(' ')}</s>` : nothing}. Their unit vectors are added up, and the sum is divided by its length: that is the text’s vector.`
      }</p>`;
  }

  #scores(model: TopicsModel, answer: Answered): TemplateResult {
    const { trained, forward } = answer;
    const first = answer.used.length ? forward.predicted[0] : -1;
    const looked = this.#looked(model, answer);
    return html`<div class="heads" aria-hidden="true"><span>topic</span><span>probability</span><span></span><span>score</span></div>
      <ol class="topics" aria-label="Topics with their probabilities and scores">${trained.topics.map((topic, k) => {
        const share = forward.probabilities.data[k] ?? 0;
        return html`<li class=${k === first ? 'first' : ''}><button type="button" class="name" aria-pressed=${k === looked ? 'true' : 'false'} @click=${() => {
          model.looked.value = k;
        }}>${topic}</button><span class="track" aria-hidden="true"><i style=${`--share:${share}`}></i></span>
        <span class="r">${this.num(share, `network/probability[0][${k}]`, { digits: 3, label: `probability of ${topic}` })}</span>
        <span class="r">${this.num(forward.logits.data[k] ?? 0, `network/logit[0][${k}]`, { digits: 2, label: `score of ${topic}` })}</span></li>`;
      })}</ol>`;
  }

  #looked(model: TopicsModel, { trained, forward }: Answered): number {
    return Math.min(model.looked.value ?? forward.predicted[0] ?? 0, trained.topics.length - 1);
  }

  #words(model: TopicsModel, answer: Answered): TemplateResult {
    const { trained, used, units, pulls, length } = answer;
    const k = this.#looked(model, answer);
    const topic = trained.topics[k] ?? '';
    const { columns, data } = trained.weights;
    const vector = data.subarray(k * columns, (k + 1) * columns);
    return html`<p>What each word says of <b>${topic}</b>: its unit vector · the topic’s vector.${
      used.length
        ? html` <span class="soft">Added up, divided by ${format(length, 2)} (the length of the words’ sum) and with the bias, they make the score.</span>`
        : nothing
    }</p>
      <ul class="pulls" aria-label=${`Words and their products with ${topic}`}>${used.map(
        (word, w) =>
          html`<li><em>${word}</em> ${this.num(pulls[w]?.[k] ?? 0, 'pair/dot', { digits: 2, label: `${word} with ${topic}`, key: `pull[${w}][${k}]`, source: pairSource(lab, units[w] ?? [], vector) })}</li>`,
      )}</ul>
      <p class="soft">The vocabulary’s words that lie nearest to the direction of <b>${topic}</b>: ${(trained.nearest[k] ?? []).join(', ')}.</p>`;
  }

  #held(model: TopicsModel, { curve, trainCount, correct, count, misses }: Trained): TemplateResult {
    const panels = [
      {
        name: 'loss',
        unit: 'step',
        at: curve.map(({ step }) => step),
        lines: [
          { name: 'trained on', values: curve.map(({ loss }) => loss) },
          { name: 'held out', values: curve.map(({ heldOutLoss }) => heldOutLoss), role: 'second' as const },
        ],
      },
    ];
    return html`<p class="held">Trained just now on ${formatCount(trainCount)} of our texts; of the ${formatCount(count)} that it never saw it puts <b>${formatCount(correct)}</b> in the right place (${format((100 * correct) / count, 0)} %).
      <button type="button" class="quiet" @click=${() => {
        model.seed.value = model.seed.value + 1;
      }}>Hold out others and train again</button></p>
      <details><summary>The training, and the texts it got wrong</summary>${charts(panels)}${chartTable(panels)}${
        misses.length
          ? html`<div class="scroll" tabindex="0" role="region" aria-label="Texts answered wrong"><table><thead><tr><th scope="col">text</th><th scope="col">written as</th><th scope="col">answered</th></tr></thead><tbody>${misses.map(
              ({ text, truth, answer }) => html`<tr><td style="text-align:left">${text}</td><td>${truth}</td><td>${answer}</td></tr>`,
            )}</tbody></table></div>`
          : html`<p>It got none of them wrong.</p>`
      }</details>`;
  }
}

/** Texts that a sum of words finds hard, and why: two topics at once, no topic at all, the order lost. */
const tries = [
  'The doctor ran the race in the rain.',
  'A storm of applause for the band.',
  'She is cold as ice.',
  'The match lit the fire under the soup.',
];

define('dot-topics', DotTopics);

declare global {
  interface HTMLElementTagNameMap {
    'dot-topics': DotTopics;
  }
}

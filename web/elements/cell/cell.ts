// <dot-cell>: code that runs on the page's engine and can be changed, and the same in Python's notation beside it.
import { effect } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { CellModel } from '../../models/cell.ts';
import { DotElement, define } from '../base.ts';
import { lab } from '../lab.ts';
import { actNearOrIdle } from '../visible.ts';
import { cellStyles } from './cell.styles.ts';
import type { Editor } from './editor.ts';
import { runInWorker } from './run.ts';

/** From this width on Python is not folded away, in CSS pixels. */
const roomy = 640;
/** Width of a character of code, and what a side needs besides its longest line, in CSS pixels. */
const [character, besides] = [8.3, 70];

export class DotCell extends DotElement<CellModel> {
  static override styles = [DotElement.base, cellStyles];

  #editor: Editor | undefined;
  #stopFollowing: (() => void) | undefined;

  constructor() {
    super();
    actNearOrIdle(this, () => void this.#edit(), '600px');
  }

  protected override create_model(): CellModel {
    return new CellModel(this.#text('js'), (code, events) => runInWorker(code, lab, events));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopFollowing?.();
    this.#editor?.destroy();
    this.#editor = undefined;
    this.model.stop();
  }

  override reset(): void {
    this.model.reset();
  }

  protected override view(model: CellModel): TemplateResult {
    const python = this.#text('python');
    const width = this.width.value;
    const [left, right] = [longest(model.initial), longest(python)].map((length) => length * character + besides) as [number, number];
    // Side by side where both fit without breaking lines, else one below the other.
    const beside = python !== '' && left + right <= width;
    const running = model.running.value;
    const lines = model.lines.value;
    const notation = html`<pre><code>${python}</code></pre>`;
    return html`<div class="sides" style=${beside ? `grid-template-columns: minmax(0, ${left}fr) minmax(0, ${right}fr)` : nothing}>
      <div class="js">
        <h3>JavaScript, live</h3>
        <div class="code" @keydown=${this.#keys}>${this.#plain(model)}<div id="editor"></div></div>
        <div class="controls">
          ${running ? html`<button type="button" class="do run" @click=${() => model.stop()}>Stop</button>` : html`<button type="button" class="do run" @click=${() => model.run()}>Run</button>`}
          <kbd>${mac() ? '⌘' : 'Ctrl'} + Enter</kbd>
          ${model.changed.value || lines.length > 0 ? html`<button type="button" class="quiet" @click=${() => this.reset()}>Reset</button>` : nothing}
        </div>
        <div class="out" role="log" aria-label="What it printed" tabindex="0">${
          lines.length > 0
            ? lines.map((line) => html`<div class=${line.kind}>${line.text}</div>`)
            : html`<div class="empty">${running ? 'Running …' : model.runs.value > 0 ? 'It ran and printed nothing.' : 'What it prints comes here.'}</div>`
        }</div>
      </div>
      ${
        python
          ? width >= roomy
            ? html`<div class="python"><h3>The same in Python</h3>${notation}</div>`
            : html`<details class="python"><summary>The same in Python</summary>${notation}</details>`
          : nothing
      }
    </div>`;
  }

  /** The textarea that serves until the editor has come. */
  #plain(model: CellModel): unknown {
    if (this.#editor) return nothing;
    return html`<div class="plain">${model.code.value.split('\n').map((line, i) => html`<div aria-hidden="true"><i>${i + 1}</i><span>${line}</span></div>`)}
      <textarea aria-label="JavaScript, editable" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="soft"
      .value=${model.code.value} @input=${(event: Event) => {
        model.code.value = (event.target as HTMLTextAreaElement).value;
      }}></textarea></div>`;
  }

  async #edit(): Promise<void> {
    try {
      await this.updateComplete;
      const { createEditor } = await import('./editor.ts');
      const parent = this.renderRoot.querySelector<HTMLElement>('#editor');
      if (!parent || !this.isConnected || this.#editor) return;
      // Whoever is typing is not interrupted: the editor comes when they leave.
      const typing = this.renderRoot.querySelector('textarea:focus');
      if (typing) {
        typing.addEventListener('blur', () => void this.#edit(), { once: true });
        return;
      }
      const { model } = this;
      const editor = createEditor({
        parent,
        root: this.renderRoot as ShadowRoot,
        code: model.code.peek(),
        label: 'JavaScript, editable',
        onChange: (code) => {
          model.code.value = code;
        },
        onRun: () => model.run(),
      });
      this.#editor = editor;
      const stops = [effect(() => editor.set(model.code.value)), effect(() => editor.mark(model.failedLine.value))];
      this.#stopFollowing = () => stops.forEach((stop) => stop());
      this.requestUpdate();
    } catch {
      // The textarea goes on serving.
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const log = this.renderRoot.querySelector('.out');
    if (log) log.scrollTop = log.scrollHeight;
  }

  readonly #keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || this.#editor) return;
    event.preventDefault();
    this.model.run();
  };

  #text(language: string): string {
    return (this.querySelector(`:scope > [slot="${language}"]`)?.textContent ?? '').replace(/\n$/, '');
  }
}

/** The most characters in a line. */
function longest(code: string): number {
  return Math.max(...code.split('\n').map((line) => line.length));
}

function mac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}

define('dot-cell', DotCell);

declare global {
  interface HTMLElementTagNameMap {
    'dot-cell': DotCell;
  }
}

// The reader's own points: a table that is pasted or dropped, and the points of the plane as a table.
import { html, nothing, type TemplateResult } from 'lit';
import { classMark, format, formatCount, formatShort } from '../../drawing/index.ts';
import type { ClassifierModel } from '../../models/classifier.ts';
import { CsvError } from '../../models/csv_table.ts';
import { asFailure, type Failure } from '../../models/model.ts';
import type { PlaneTable } from '../../models/plane_table.ts';

/** Larger files are not even read. */
const mostBytes = 4_000_000;
/** Rows of the twin table. */
const mostListed = 300;

export function ownTable(model: ClassifierModel, failed: (failure: Failure) => TemplateResult): TemplateResult {
  const { table } = model;
  const [read, choice, failure, done] = [table.table.value, table.choice.value, table.failure.value, table.done.value];
  const column = (name: 'across' | 'up' | 'label', says: string) =>
    html`<label>${says} <select @change=${(event: Event) => void table.choose({ [name]: Number((event.target as HTMLSelectElement).value) })}>${read?.columns.map(
      (one, i) =>
        one.numeric || name === 'label' ? html`<option value=${i} ?selected=${choice[name] === i}>${one.name}</option>` : nothing,
    )}</select></label>`;
  return html`<details class="own"><summary>A table of your own</summary>
    <p class="soft">Paste rows here, or drop a CSV file: numbers in at least two columns, the class in another; names in the first row if you like. It stays in this tab: nothing is sent, and it is not in the link.</p>
    <textarea rows="5" spellcheck="false" autocomplete="off" aria-label="Table to classify, as comma-separated values" placeholder=${'width,height,kind\n2.1,0.4,leaf\n0.3,1.9,stone'}
      @dragover=${(event: DragEvent) => event.preventDefault()} @drop=${(event: DragEvent) => drop(event, table)}
      @paste=${(event: ClipboardEvent) => later(event, table)} @change=${(event: Event) => void table.read((event.target as HTMLTextAreaElement).value)}></textarea>
    <div class="controls"><label>or choose a file <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${(
      event: Event,
    ) => {
      const [file] = (event.target as HTMLInputElement).files ?? [];
      if (file) void takeFile(file, table);
    }} /></label>${read ? html`${column('across', 'across')}${column('up', 'up')}${column('label', 'class')}` : nothing}</div>
    ${failure ? failed(failure) : nothing}
    ${
      done && !failure
        ? html`<p class="soft">${formatCount(done.rows)} rows are drawn. Both columns are standardized, so that neither drowns the other: ${done.names.map(
            (name, i) =>
              html`${i ? ' and ' : ''}(${name} − ${formatShort(done.means[i] ?? 0, 2)}) ÷ ${formatShort(done.deviations[i] ?? 1, 2)}`,
          )}.${done.left.length ? ` ${done.left.length} left out because a cell is empty: row ${done.left.slice(0, 8).join(', ')}${done.left.length > 8 ? ' …' : ''}.` : ''}</p>`
        : nothing
    }</details>`;
}

/** After the paste has reached the field. */
function later(event: ClipboardEvent, table: PlaneTable): void {
  const field = event.target as HTMLTextAreaElement;
  setTimeout(() => void table.read(field.value));
}

function drop(event: DragEvent, table: PlaneTable): void {
  const [file] = event.dataTransfer?.files ?? [];
  if (!file) return;
  event.preventDefault();
  void takeFile(file, table);
}

async function takeFile(file: File, table: PlaneTable): Promise<void> {
  if (file.size > mostBytes) {
    table.failure.value = asFailure(
      new CsvError(
        `${file.name} has ${formatCount(Math.round(file.size / 1024))} KB; at most 4,000 can be read here. Take some of its rows.`,
      ),
    );
    return;
  }
  await table.read(await file.text());
}

/** The picture as a table. */
export function pointTable(model: ClassifierModel): TemplateResult {
  const all = model.data.points.value;
  const classes = model.data.classes.value;
  const predicted = model.look.value?.predicted;
  const answer = (n: number) => (predicted?.length === all.length ? (classes[predicted[n] ?? 0] ?? '') : '–');
  return html`<details class="twin"><summary>The points as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Points of the plane"><table>
    <thead><tr><th scope="col">class</th><th scope="col">across</th><th scope="col">up</th><th scope="col">used to</th><th scope="col">classified</th></tr></thead>
    <tbody>${all
      .slice(0, mostListed)
      .map(
        ({ at, label, heldOut }, n) =>
          html`<tr><th scope="row">${classMark(label)} ${classes[label]}</th><td>${format(at[0], 2)}</td><td>${format(at[1], 2)}</td><td>${heldOut ? 'measure' : 'train'}</td><td>${answer(n)}</td></tr>`,
      )}</tbody></table></div>${all.length > mostListed ? html`<p class="soft">The first ${mostListed} of ${formatCount(all.length)} points.</p>` : nothing}</details>`;
}

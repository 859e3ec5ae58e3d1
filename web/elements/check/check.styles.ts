import { css } from 'lit';

/** The look of an exercise: the task in the book's own voice, the answer on a line, what is said about it beside a rule. */
export const checkStyles = css`
  :host { padding-block: 4px 12px; border-top: 1px solid var(--line, #d9d6cd); }
  form { margin: 0; }
  .prompt, .said, .hints { font: 400 1rem/1.55 var(--serif, Georgia, serif); }
  .prompt p, .said p, .hints p { margin: 0 0 .5em; }
  .number { font: 500 .74rem/1.4 var(--sans, system-ui, sans-serif); color: var(--soft, #5b5d64); margin: 10px 0 4px; display: flex; justify-content: space-between; gap: 12px; }
  .answer { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; min-height: 48px; }
  .answer input:not([type="radio"]) { font: 500 1rem/1.2 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; color: var(--ink, #1d1e21); background: var(--wash, #f3f1ea); border: 1px solid var(--edge, #85837b); border-radius: 2px; height: 44px; padding: 0 8px; width: 9rem; }
  .answer input:focus-visible { outline-offset: 0; }
  .answer.places { flex-wrap: nowrap; align-items: baseline; gap: 4px; font-size: 1.1rem; }
  .slot { display: inline-flex; align-items: baseline; gap: 3px; min-width: 0; flex: 0 1 auto; }
  .answer.places.many { flex-wrap: wrap; }
  .answer input.place:not([type="radio"]) { flex: 0 1 4.6rem; width: 4.6rem; min-width: 40px; padding: 0 2px; text-align: center; }
  .answer input.word:not([type="radio"]) { width: 14rem; max-width: 100%; }
  .answer label { display: inline-flex; align-items: center; gap: 6px; }
  .unit { color: var(--soft, #5b5d64); }
  fieldset { border: 0; margin: 0; padding: 0; min-width: 0; width: 100%; }
  .options { display: grid; gap: 0; }
  .options label { display: flex; align-items: center; gap: 12px; min-height: 44px; cursor: pointer; font: 400 1rem/1.4 var(--serif, Georgia, serif); }
  .options input { width: 18px; height: 18px; margin: 0; flex: none; }
  .order { list-style: none; margin: 0; padding: 0; width: 100%; }
  .order li { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr) 44px 44px; align-items: center; min-height: 46px; border-bottom: 1px solid var(--line, #d9d6cd); }
  .order .rank { color: var(--soft, #5b5d64); font-size: .8rem; }
  .order .item { font: 400 1rem/1.4 var(--serif, Georgia, serif); overflow-wrap: anywhere; }
  .order button { width: 44px; height: 44px; background: none; border: 0; padding: 0; font-size: 1rem; }
  .order button:disabled { color: var(--line, #d9d6cd); cursor: default; }
  .acts { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; margin-top: 6px; }
  .said, .hints li { border-left: 2px solid var(--line, #d9d6cd); padding-left: 14px; margin: 12px 0; }
  .said.right { border-color: var(--touch, #0b7365); }
  .said.wrong { border-color: var(--pos, #b04b07); }
  .said > strong { font: 600 .86rem/1.5 var(--sans, system-ui, sans-serif); }
  .said p:last-child, .hints p:last-child { margin-bottom: 0; }
  .hints { list-style: none; margin: 0; padding: 0; }
  .said:focus, .hints li:focus { outline: none; }
  .said ul { margin: .3em 0 .5em; padding-left: 1.2em; }
  math { font-size: 1.05em; }
  @media print { .acts { display: none; } }
`;

import { css } from 'lit';

export const cellStyles = css`
  .sides { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px 32px; }
  h3 { font: 500 .74rem/1.4 var(--sans, system-ui, sans-serif); color: var(--soft, #5b5d64); margin: 0 0 6px; }
  .code { background: var(--wash, #f3f1ea); font: 400 .76rem/1.6 var(--mono, ui-monospace, monospace); }
  /* The field that serves first stands exactly as the editor will: its lines are drawn, numbers and all, and it lies over them unseen. */
  .plain { position: relative; padding: 10px 0; }
  .plain div { display: grid; grid-template-columns: 36px minmax(0, 1fr); }
  .plain i { font-style: normal; text-align: right; padding-right: 12px; color: var(--soft, #5b5d64); }
  .plain span, textarea { white-space: break-spaces; overflow-wrap: anywhere; tab-size: 4; padding: 0 10px 0 0; }
  .plain span { min-height: 1.6em; }
  textarea { position: absolute; inset: 10px 0 10px 36px; display: block; resize: none; overflow: hidden; font: inherit; color: transparent; caret-color: var(--ink, #1d1e21); background: none; border: 0; border-radius: 0; margin: 0; }
  pre { margin: 0; padding: 10px; font: 400 .76rem/1.6 var(--mono, ui-monospace, monospace); overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
  pre code { font: inherit; }
  .python pre { border-left: 1px solid var(--line, #d9d6cd); padding-block: 10px; }
  .out { margin: 0; padding: 8px 10px 8px 36px; min-height: 2.4rem; max-height: 20rem; overflow: auto; font: 400 .76rem/1.6 var(--mono, ui-monospace, monospace); border-left: 2px solid var(--line, #d9d6cd); white-space: pre-wrap; overflow-wrap: anywhere; }
  .out div { min-height: 1.6em; }
  .out .failed { color: var(--pos, #b04b07); font-family: var(--sans, system-ui, sans-serif); }
  .out .empty { color: var(--soft, #5b5d64); font-family: var(--sans, system-ui, sans-serif); }
  kbd { font: inherit; color: var(--soft, #5b5d64); font-size: .76rem; }
  @media (hover: none) { kbd { display: none; } }
  .run { min-width: 5.2rem; }
`;

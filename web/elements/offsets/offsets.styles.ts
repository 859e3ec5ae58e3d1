import { css } from 'lit';

export const offsetsStyles = css`
    .plane { display: block; width: 100%; overflow: visible; font: 500 15px/1 var(--sans, system-ui, sans-serif); }
    .plane .frame { fill: none; stroke: var(--line, #d9d6cd); }
    .plane .from { fill: var(--a, #8a3ea8); } .plane .to { fill: var(--b, #4d7212); }
    .plane text { paint-order: stroke; stroke: var(--paper, #fcfbf8); stroke-width: 4px; stroke-linejoin: round; }
    .plane text.ghost { fill: var(--soft, #5b5d64); font-weight: 400; }
    .plane line { stroke: var(--ink, #1d1e21); stroke-width: 1.5; }
    .plane line.across { stroke: var(--soft, #5b5d64); stroke-width: 1; }
    .plane line.ghost { stroke-dasharray: 5 4; }
    .plane circle.ghost { fill: var(--paper, #fcfbf8); stroke: var(--ink, #1d1e21); stroke-width: 1.5; }
    .plane line.miss { stroke: var(--pos, #c8590b); stroke-width: 2; }
    .plane marker path { fill: var(--ink, #1d1e21); }
    .holds { color: var(--soft, #5b5d64); margin: 6px 0 0; min-height: 3em; } .holds.short { min-height: 0; }
    .controls label:has(select) { min-width: 0; flex: 0 1 auto; max-width: 100%; } .controls select { min-width: 0; }
    .pairs { display: flex; flex-wrap: wrap; gap: 0 4px; margin: 4px 0 8px; }
    .pair { background: none; border: 0; border-bottom: 2px solid transparent; min-height: 44px; padding: 0 8px; color: var(--touch, #0b7365); white-space: nowrap; }
    .pair[aria-pressed="true"] { border-bottom-color: var(--touch, #0b7365); font-weight: 600; }
    .pair[aria-pressed="false"]::before { content: "+ "; font-weight: 400; } .pair[aria-pressed="true"]::before { content: "✓ "; }
    .pair .nr { color: var(--soft, #5b5d64); font-weight: 400; }
    .note { color: var(--soft, #5b5d64); margin: 0; min-height: 1.5em; }
    .head { font: 500 .88rem/1.5 var(--sans, system-ui, sans-serif); margin: 20px 0 6px; }
    .means { display: grid; grid-template-columns: fit-content(24rem) minmax(4rem, 1fr) 3.5rem; gap: 4px 12px; align-items: center; max-width: 40rem; margin: 0 0 10px; }
    .means .bar { height: 14px; position: relative; border-left: 1px solid var(--line, #d9d6cd); }
    .means .bar > i { position: absolute; inset: 0 auto 0 0; width: calc(var(--share) * 100%); background: var(--pos, #c8590b); }
    .means .bar > i.n { background: var(--neg, #1f62ad); }
    .means .score { text-align: right; } .means .says { line-height: 1.3; padding: 4px 0; }
    .cosines td { min-width: 44px; height: 40px; text-align: center; padding: 0 4px; }
    .cosines th[scope="row"] { text-align: left; white-space: nowrap; color: var(--ink, #1d1e21); }
    .cosines th[scope="col"] { text-align: center; padding: 2px 4px; }
    .cosines .self { color: var(--soft, #5b5d64); }
    .scroll.wide { max-height: none; overflow-x: auto; }
    @media (max-width: 480px) {
        .means { grid-template-columns: minmax(0, 1fr) 3.5rem; } .means .says { grid-column: 1 / -1; }
        .pair { padding: 0 4px; }
    }
`;

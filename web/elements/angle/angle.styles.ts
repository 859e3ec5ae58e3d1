import { css } from 'lit';

export const angleStyles = css`
    .wide { display: grid; grid-template-columns: minmax(0, 25rem) minmax(14rem, 1fr); column-gap: 40px; align-items: center; }
    .slim .plane { max-width: 25rem; margin: 0 auto; }
    .unit { fill: none; stroke: var(--touch, #0b7365); stroke-width: 1; stroke-dasharray: 3 3; }
    .shadow .drop { stroke: var(--soft, #5b5d64); stroke-width: 1; stroke-dasharray: 2 4; }
    .shadow .cast { stroke-width: 7; opacity: .55; }
    .shadow.p .cast { stroke: var(--pos, #b04b07); } .shadow.n .cast { stroke: var(--neg, #1f62ad); stroke-dasharray: 5 3; }
    dl { margin: 0; display: grid; grid-template-columns: repeat(4, auto); gap: 6px clamp(8px, 3vw, 22px); justify-content: start; }
    dl > div { display: flex; flex-direction: column; gap: 2px; min-width: 3.3rem; }
    dl > .main { grid-column: 1 / -1; flex-direction: row; align-items: baseline; gap: 14px; }
    dt { color: var(--soft, #5b5d64); font-size: 1.05rem; } dt small { font-size: .8rem; }
    dd { margin: 0; font-weight: 500; font-size: 1rem; } .main dd { font-size: 1.8rem; }
    .main dt { font-size: 1.35rem; }
    .says { margin: 6px 0 10px; color: var(--soft, #5b5d64); min-height: 1.5em; }
    .curve { display: block; width: 100%; max-width: 24rem; aspect-ratio: 2; touch-action: pan-y; cursor: ew-resize; }
    .curve text { font: 500 10.5px/1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; fill: var(--soft, #5b5d64); }
    .curve .zero { stroke: var(--soft, #5b5d64); stroke-width: .75; } .curve .tick { stroke: var(--line, #d9d6cd); stroke-width: .5; }
    .curve .line { fill: none; stroke: var(--ink, #1d1e21); stroke-width: 1.5; }
    .curve .stem { stroke-width: 3; } .curve .stem.p { stroke: var(--pos, #b04b07); } .curve .stem.n { stroke: var(--neg, #1f62ad); stroke-dasharray: 4 2; }
    .curve .mark { fill: var(--paper, #fcfbf8); stroke: var(--touch, #0b7365); stroke-width: 2.5; }
    td input { font: 500 .85rem/1.2 var(--sans, system-ui, sans-serif); color: var(--touch, #0b7365); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); min-height: 36px; text-align: right; }
`;

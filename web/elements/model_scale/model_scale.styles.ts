import { css } from 'lit';

export const modelScaleStyles = css`
    .room { min-height: 30rem; }
    .controls.text { align-items: end; } .text label { flex: 1 1 20rem; } .controls .text-field { width: 100%; min-height: 44px; font-size: .95rem; }
    .grid { max-width: 40rem; overflow-x: auto; } .grid table { width: 100%; } .grid th, .grid td { padding: 0; text-align: center; border: 0; } .grid th { font-size: .8rem; padding: 4px 8px; white-space: nowrap; }
    .controls label > span { white-space: nowrap; } .controls small, .facts small { color: var(--soft, #5b5d64); }
    .grid th[scope="row"] { text-align: left; padding-left: 0; }
    .grid td { height: 44px; min-width: 2.3rem; border: 2px solid var(--paper, #fcfbf8); background: color-mix(in oklab, var(--ink, #1d1e21) var(--share), var(--paper, #fcfbf8)); }
    .grid td.chosen { outline: 2px solid var(--touch, #0b7365); outline-offset: -3px; }
    .says { margin: 8px 0 20px; max-width: 46rem; min-height: 3em; }
    .head { font: 500 .88rem/1.4 var(--sans, system-ui, sans-serif); margin: 16px 0 4px; }
    .facts { margin: 4px 0 12px; display: grid; gap: 4px; font-feature-settings: "tnum", "lnum"; } .facts > div { display: flex; flex-wrap: wrap; gap: 0 12px; align-items: baseline; }
    dt { min-width: 13.5rem; } .lengths { margin: 4px 0 0; } dd { margin: 0; } dd > .soft { margin-left: 10px; }
    .sums { display: flex; flex-wrap: wrap; gap: 0 32px; margin: 0; padding: 10px 0 6px; border-top: 1px solid var(--line, #d9d6cd); font-feature-settings: "tnum", "lnum"; } .sums p { margin: 0; min-height: 32px; }
    .controls select { min-height: 44px; }
    :host { container-type: inline-size; }
    @container (max-width: 28rem) {
        .grid th { padding: 4px 6px 4px 0; } .grid thead span, .grid tbody th span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .grid td .num { padding-inline: 2px; margin-inline: -2px; }
        .grid { position: relative; } .text label { flex-direction: column; align-items: stretch; gap: 0; }
    }
    .missing { margin: 0; max-width: 46rem; }
`;

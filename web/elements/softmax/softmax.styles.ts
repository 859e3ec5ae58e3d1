import { css } from 'lit';

export const softmaxStyles = css`
    .heads, li { display: grid; grid-template-columns: minmax(4rem, auto) minmax(11rem, 17rem) 10rem minmax(10rem, 1fr); gap: 0 20px; align-items: center; }
    .heads { grid-template-columns: minmax(4rem, auto) minmax(11rem, 17rem) 10rem minmax(10rem, 1fr); font-size: .8rem; padding-bottom: 4px; }
    .rows { list-style: none; margin: 0; padding: 0; display: grid; }
    li { min-height: 48px; border-top: 1px solid var(--line, #d9d6cd); }
    .heads > :first-child, .name { width: 5rem; } .name { display: flex; align-items: center; gap: 8px; overflow-wrap: anywhere; }
    .first .name { font-weight: 600; }
    .logit { display: flex; align-items: center; gap: 12px; }
    .logit input[type="text"] { font: 500 .95rem/1.2 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; color: var(--touch, #0b7365); background: none; border: 0; border-bottom: 1px solid var(--touch, #0b7365); border-radius: 0; min-height: 36px; width: 4rem; text-align: right; }
    .logit input[type="range"] { flex: 1 1 5rem; width: 5rem; }
    .exp, .share, .sum { font-feature-settings: "tnum", "lnum"; }
    .share { display: grid; grid-template-columns: minmax(0, 1fr) 5rem; align-items: center; gap: 0 12px; position: relative; }
    .share i { grid-row: 1; height: 16px; border-left: 1px solid var(--line, #d9d6cd); position: relative; }
    .share i::after { content: ""; position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--colour); }
    .share .num { justify-self: end; white-space: nowrap; }
    .name small { display: block; min-height: 1em; color: var(--soft, #5b5d64); font-size: .75rem; font-weight: 400; line-height: 1; }
    .sum { margin: 0; padding: 10px 0 6px; border-top: 1px solid var(--line, #d9d6cd); } .sum span:first-child { color: var(--soft, #5b5d64); }
    .warm label { flex: 0 1 24rem; } .warm input { flex: 1 1 6rem; } .warm output { min-width: 2.6rem; color: var(--ink, #1d1e21); font-weight: 500; font-feature-settings: "tnum", "lnum"; }
    .warm [aria-pressed="true"] { font-weight: 700; text-decoration-thickness: 3px; }
    .says { margin: 4px 0 0; min-height: 3em; max-width: 46rem; }
    .controls > span { display: inline-flex; align-items: center; flex-wrap: wrap; gap: 0 8px; } .controls .quiet { min-width: 44px; }
    @container (max-width: 40rem) {
        .heads { display: none; }
        li { grid-template-columns: 5.8rem minmax(0, 1fr); gap: 6px 10px; padding: 4px 0 12px; }
        .exp::before { content: "exp"; display: block; color: var(--soft, #5b5d64); font-size: .75rem; line-height: 1; }
        .share { grid-template-columns: minmax(0, 1fr) 5.2rem; } .logit input[type="text"] { width: 3.4rem; }
    }
    :host { container-type: inline-size; }
`;

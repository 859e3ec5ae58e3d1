import { css } from 'lit';

export const biasStyles = css`
    .poles { display: flex; justify-content: space-between; margin: 8px calc(4rem + 10px) 2px calc(9rem + 10px); color: var(--soft, #5b5d64); font-size: .8rem; white-space: nowrap; }
    .words { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line, #d9d6cd); }
    .words > li { display: grid; grid-template-columns: 9rem 1fr 4rem; gap: 0 10px; align-items: center; min-height: 32px; font-feature-settings: "tnum", "lnum"; }
    .words .name { text-align: right; overflow-wrap: anywhere; }
    .x { color: var(--a, #8a3ea8); } .y { color: var(--b, #4d7212); }
    .words .drop { background: none; border: 0; min-width: 32px; min-height: 32px; padding: 0; color: var(--soft, #5b5d64); }
    .track { position: relative; height: 100%; min-height: 32px; }
    .track::before { content: ""; position: absolute; left: calc(var(--zero) * 100%); top: 0; bottom: 0; border-left: 1px solid var(--edge, #85837b); }
    .track .band { position: absolute; top: 0; bottom: 0; left: calc(var(--from) * 100%); width: calc(var(--long) * 100%); background: var(--wash, #f3f1ea); }
    .track i { position: absolute; top: 9px; bottom: 9px; left: calc(var(--left) * 100%); width: max(2px, calc(var(--size) * 100%)); background: var(--pos, #c8590b); }
    .track i.n { background: var(--neg, #1f62ad); }
    .score { text-align: right; }
    .effect { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; margin: 12px 0; min-height: 3.2rem; }
    .effect strong { font: 500 1.7rem/1.1 var(--sans, system-ui, sans-serif); font-feature-settings: "tnum", "lnum"; }
    .effect p { margin: 0; color: var(--soft, #5b5d64); flex: 1 1 100%; } .effect .size { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; } .effect .size > span { flex: 1 1 18rem; } .effect strong { color: var(--ink, #1d1e21); }
    .sets { margin: 4px 0; } .sets dt { color: var(--soft, #5b5d64); } .sets dd { margin: 0 0 6px; }
    .small { color: var(--soft, #5b5d64); font-size: .82rem; }
    @media (max-width: 480px) { .words > li { grid-template-columns: 6.6rem 1fr 3.2rem; } .poles { margin-inline: 3rem 3.2rem; } }
`;

import { css } from 'lit';

export const flipStyles = css`
    .choose { display: flex; flex-wrap: wrap; align-items: center; gap: 0 14px; min-height: 44px; }
    .equation { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr) auto minmax(0, 1fr); gap: 4px 12px; align-items: center; max-width: 44rem; margin: 8px 0; }
    .equation figure { align-self: start; } .equation p { margin: 4px 0 0; font-size: .82rem; min-height: 1.5em; } .slim .equation p { min-height: 4.5em; } .equation > span { font: 400 1.3rem/1 var(--sans, system-ui, sans-serif); padding-bottom: 2em; white-space: nowrap; }
    .slim .equation { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr); gap: 4px 8px; } .slim .equation > span { display: none; }
    .way { display: grid; grid-template-columns: minmax(0, 30rem) auto; gap: 0 20px; align-items: start; max-width: 44rem; } .way > span { line-height: 44px; }
    .way label { display: block; } .way input { display: block; width: 100%; } .way small { display: flex; justify-content: space-between; color: var(--soft, #5b5d64); font-size: .76rem; margin-top: 4px; }
    .lead { display: block; position: relative; max-width: 30rem; height: 14px; margin: 4px 0 0; border-bottom: 1px solid var(--line, #d9d6cd); } .lead i { position: absolute; top: 0; bottom: 1px; left: 50%; } .lead i.p { width: calc(50% * var(--share)); background: var(--touch, #0b7365); } .lead i.n { left: auto; right: 50%; width: calc(50% * var(--share)); background: var(--pos, #c8590b); } .lead::after { content: ""; position: absolute; left: 50%; top: -3px; bottom: -3px; width: 1px; background: var(--ink, #1d1e21); }
    .now { margin: 8px 0; max-width: 44rem; min-height: 3em; } .lead-line { min-height: 0; } .now strong { font-weight: 600; }
    .both { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 40px; margin-top: 12px; align-items: start; } .slim .both { grid-template-columns: minmax(0, 1fr); }
    .facts { width: 100%; max-width: 30rem; } .facts th { text-align: left; color: var(--ink, #1d1e21); } .facts td, .facts th { height: 36px; } .facts .num { margin: 0 -4px 0 0; padding: 4px; }
    h3 { font: 500 .9rem/1.4 var(--sans, system-ui, sans-serif); margin: 8px 0 4px; }
    .borders { list-style: none; margin: 0; padding: 0; max-width: 26rem; } .borders li { display: grid; grid-template-columns: 9.2rem minmax(0, 1fr) 3.6rem; gap: 0 10px; align-items: center; border-bottom: 1px solid var(--line, #d9d6cd); text-align: right; font-feature-settings: "tnum", "lnum"; }
    .borders label { white-space: nowrap; display: flex; align-items: center; gap: 8px; min-height: 36px; text-align: left; } .borders i { display: block; height: 10px; width: calc(100% * var(--share)); background: var(--edge, #85837b); }
    .borders .num { margin: 0; padding: 4px; } .pixel { min-height: 3em; margin: 4px 0; max-width: 44rem; }
    .own { display: grid; grid-template-columns: minmax(0, 14rem); margin: 8px 0; }
`;

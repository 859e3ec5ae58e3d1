import { css } from 'lit';

export const analogyStyles = css`
    .equation { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 10px; font-size: 1.15rem; min-height: 48px; }
    .equation .word > input { font-size: 1.15rem; }
    .term { display: inline-flex; align-items: baseline; white-space: nowrap; }
    .sign { position: relative; font: 500 1.25rem/1 var(--sans, system-ui, sans-serif); background: none; border: 1px solid var(--touch, #0b7365); border-radius: 3px; width: 28px; height: 28px; padding: 0; margin: 0 8px 0 4px; align-self: center; }
    .sign::before { content: ""; position: absolute; inset: -9px; }
    .sign:hover { background: var(--wash, #f3f1ea); }
    .drop { background: none; border: 0; color: var(--soft, #5b5d64); min-width: 28px; min-height: 44px; padding: 0; font-size: .9rem; align-self: center; }
    .gives { font-weight: 600; font-size: 1.4rem; }
    .gives::before { content: "= "; font-weight: 400; color: var(--soft, #5b5d64); }
    .switch { display: inline-flex; flex-wrap: wrap; gap: 4px 14px; }
    .switch { align-items: center; color: var(--soft, #5b5d64); } .switch small { font-size: .76rem; }
    .about { display: grid; align-items: start; margin-bottom: 8px; min-height: 44px; } .about > * { grid-area: 1 / 1; min-width: 0; }
    .troubled > .presets { visibility: hidden; }
    .stale { opacity: .4; }
    .presets { display: flex; flex-wrap: wrap; align-items: center; gap: 0 14px; color: var(--soft, #5b5d64); }
    .about .failure { margin: 0; } .suggest .quiet { min-height: 32px; }

    .ranking { list-style: none; margin: 4px 0 0; padding: 0; border-top: 1px solid var(--line, #d9d6cd); }
    .ranking > li { display: grid; grid-template-columns: 2.6rem minmax(6.5rem, 9rem) minmax(3rem, 1fr) 4.2rem; align-items: center; column-gap: 10px; min-height: 40px;
        border-bottom: 1px solid var(--line, #d9d6cd); font-feature-settings: "tnum", "lnum"; }
    .ranking .place { color: var(--soft, #5b5d64); text-align: right; white-space: nowrap; }
    .ranking .pick { background: none; border: 0; padding: 0; min-height: 40px; text-align: left; font: inherit; color: var(--ink, #1d1e21); overflow-wrap: anywhere; }
    .ranking .pick[aria-pressed="true"] { font-weight: 600; box-shadow: inset 3px 0 0 var(--touch, #0b7365); padding-left: 8px; }
    .ranking .bar { display: block; height: 14px; background: linear-gradient(var(--line, #d9d6cd), var(--line, #d9d6cd)) left / 1px 100% no-repeat; }
    .ranking .bar > i { display: block; height: 100%; background: var(--pos, #c8590b); width: calc(var(--share) * 100%); }
    .ranking .score { text-align: right; }
    .ranking .out { color: var(--soft, #5b5d64); }
    .ranking .out .pick { color: var(--soft, #5b5d64); text-decoration: line-through; }
    .ranking .out .bar > i { background: none; border: 1px dashed var(--soft, #5b5d64); }
    .ranking .out .bar { background: none; height: auto; }
    .ranking .out small { display: block; font-size: .76rem; line-height: 1.2; }
    .ranking .expected .pick::after { content: " ✓"; color: var(--touch, #0b7365); }
    .below { color: var(--soft, #5b5d64); min-height: 1.5em; margin: 6px 0 0; font-size: .82rem; }
    .apart { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; margin: 10px 0; min-height: 6.1rem; align-content: start; }
    .apart .part { display: inline-flex; flex-direction: column; align-items: center; }
    .apart small { color: var(--soft, #5b5d64); font-size: .72rem; }
    .apart .lead, .apart .by-hand { flex-basis: 100%; }
    @media (max-width: 480px) {
        .apart { min-height: 12.4rem; } .about { min-height: 76px; } .gives { flex-basis: 100%; } .below { min-height: 3em; }
        .presets { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; }
        .ranking > li { grid-template-columns: 2.2rem minmax(5.5rem, 7rem) minmax(2rem, 1fr) 3.4rem; column-gap: 8px; }
    }
`;

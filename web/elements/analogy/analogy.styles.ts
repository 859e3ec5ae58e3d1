import { css } from 'lit';

export const analogyStyles = css`
    .equation { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 10px; font-size: 1.15rem; min-height: 48px; }
    .equation .word > input { font-size: 1.15rem; }
    .term { display: inline-flex; align-items: baseline; white-space: nowrap; }
    .sign { font: 500 1.25rem/1 var(--sans, system-ui, sans-serif); background: none; border: 0; min-width: 44px; min-height: 44px; padding: 0; }
    .drop { background: none; border: 0; color: var(--soft, #5b5d64); min-width: 28px; min-height: 44px; padding: 0; font-size: .9rem; align-self: center; }
    .gives { font-weight: 600; font-size: 1.4rem; }
    .gives::before { content: "= "; font-weight: 400; color: var(--soft, #5b5d64); }
    .switch { display: inline-flex; gap: 14px; }
    .presets { display: flex; flex-wrap: wrap; align-items: center; gap: 0 14px; color: var(--soft, #5b5d64); margin-bottom: 8px; }
    .suggest { display: flex; flex-wrap: wrap; align-items: center; gap: 0 10px; }

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
    .ranking .out .bar { background: none; }
    .ranking .out small { display: block; font-size: .72rem; }
    .ranking .expected .pick::after { content: " ✓"; color: var(--touch, #0b7365); }
    .below { color: var(--soft, #5b5d64); min-height: 1.5em; margin: 6px 0 0; font-size: .82rem; }
    .apart { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; margin: 10px 0; min-height: 4.7rem; align-content: start; }
    .apart .part { display: inline-flex; flex-direction: column; align-items: center; }
    .apart small { color: var(--soft, #5b5d64); font-size: .72rem; }
    .apart .lead { flex-basis: 100%; }
    @media (max-width: 480px) {
        .apart { min-height: 10.6rem; } .below { min-height: 3em; }
        .presets { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; }
        .ranking > li { grid-template-columns: 2.2rem minmax(5.5rem, 7rem) minmax(2rem, 1fr) 3.4rem; column-gap: 8px; }
    }
`;

import { css } from 'lit';

export const topicsStyles = css`
    .write { display: block; margin: 8px 0 4px; color: var(--soft, #5b5d64); }
    .write textarea { display: block; width: 100%; min-height: 64px; margin-top: 4px; padding: 8px 10px; resize: vertical; font: 400 1.02rem/1.5 var(--serif, Georgia, serif); color: var(--ink, #1d1e21); background: none; border: 1px solid var(--touch, #0b7365); border-radius: 3px; }
    .used { min-height: 3em; margin: 4px 0 12px; }
    .used s { color: var(--soft, #5b5d64); text-decoration-thickness: 1px; }
    .topics { list-style: none; margin: 0; padding: 0; }
    .topics li { display: grid; grid-template-columns: 6rem minmax(3rem, 1fr) 4.6rem 5.2rem; align-items: center; gap: 0 12px; min-height: 44px; border-bottom: 1px solid var(--line, #d9d6cd); }
    .topics .name { font: inherit; color: var(--touch, #0b7365); background: none; border: 0; padding: 0; min-height: 44px; text-align: left; text-decoration: underline; text-underline-offset: 3px; cursor: pointer; }
    .topics .name[aria-pressed="true"] { text-decoration-thickness: 3px; font-weight: 600; }
    .topics .first .name::after { content: " ◂"; color: var(--ink, #1d1e21); }
    .track { height: 14px; background: var(--wash, #f3f1ea); position: relative; }
    .track i { position: absolute; inset: 0 auto 0 0; width: calc(100% * var(--share)); background: var(--pos, #b8500c); }
    .topics span.r { text-align: right; }
    .heads { display: grid; grid-template-columns: 6rem minmax(3rem, 1fr) 4.6rem 5.2rem; gap: 0 12px; color: var(--soft, #5b5d64); font-size: .82rem; }
    .heads span { text-align: right; } .heads span:first-child, .heads span:nth-child(2) { text-align: left; }
    .pulls { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0; padding: 0; list-style: none; min-height: 44px; }
    .pulls li { display: inline-flex; align-items: baseline; gap: 8px; min-height: 44px; align-items: center; }
    .pulls em { font-family: var(--serif, Georgia, serif); font-size: 1rem; }
    .held { margin: 12px 0 4px; }
    @media (max-width: 480px) { .topics li, .heads { grid-template-columns: 4.6rem minmax(2rem, 1fr) 3.4rem 4rem; gap: 0 8px; } }
`;

import { css } from 'lit';

export const rankingStyles = css`
    .wide { display: grid; grid-template-columns: minmax(0, 22rem) minmax(16rem, 1fr); column-gap: 40px; align-items: center; }
    .slim .plane { max-width: 22rem; margin: 0 auto; }
    table { font-size: .9rem; } th, td { padding: 8px 14px 8px 0; }
    tbody th { font-size: 1.15rem; } .rank { color: var(--soft, #5b5d64); }
    .differs .rank { color: var(--ink, #1d1e21); font-weight: 600; text-decoration: underline; text-underline-offset: 4px; }
    .says { margin: 12px 0 0; min-height: 1.5em; }
    .slim th, .slim td { padding: 8px 9px 8px 0; }
`;

// What a page is before it is a file, and the frame that all pages share.
import { html, type Markup, raw } from '../html.ts';
import { mark } from './mark.ts';

export interface Page {
  /** The folder, from the root of the site, with a slash at the end: `lessons/angle/`; '' is the home page. */
  path: string;
  /** The title of the page itself; the site's name is added. '' on the home page. */
  title: string;
  /** One sentence for search engines and link previews. */
  description: string;
  /** What stands in <main>. */
  body: Markup;
  /** The custom elements that it holds, so that their code can be fetched at once. */
  elements: readonly string[];
  /** Data that it will ask for, fetched early. */
  needs?: readonly string[];
  /** Kind of page, for the styles: home, lesson, teacher, widgets. */
  kind: string;
  /** On a lesson's pages: its id. */
  lesson?: string;
}

export const siteName = 'Dot by Dot';

/**
 * Scripts and fonts come from this origin alone; WebAssembly may be compiled; workers are blobs, so that the elements work on any page.
 * `style-src` allows inline styles: the drawings set lengths and colours on their marks.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  'worker-src blob:',
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** From a page back to the root of the site: './' or '../../'. All links are relative, so the site works under any sub-path. */
export function upFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 1) || './';
}

/** The whole document. The script and the style sheet are named by their source; Vite puts in the built files. */
export function renderPage(page: Page): string {
  const up = upFrom(page.path);
  const at = (path: string) => (page.path === path ? raw(' aria-current="page"') : null);
  return `<!doctype html>\n${html`<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(contentSecurityPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title ? `${page.title} · ${siteName}` : siteName}</title>
<meta name="description" content="${page.description}">
<meta name="color-scheme" content="light dark">
<script src="/boot.js"></script>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles/site.css">
<script type="module" src="/client/main.ts"></script>
</head>
<body class="${page.kind}" data-up="${up}"${page.lesson ? html` data-lesson="${page.lesson}"` : null}>
<a class="skip" href="#main">Skip to the text</a>
<header class="bar">
<a class="home" href="${up}"${at('')}>${mark()}<span>${siteName}</span></a>
<nav aria-label="Site"><a href="${up}#lessons">Lessons</a><a href="${up}widgets/"${at('widgets/')}>Widgets</a></nav>
${themeChoice()}
</header>
<main id="main" tabindex="-1">
${page.body}
</main>
<footer class="foot">
<p>${siteName}. Every number on these pages is computed in your browser when it is drawn. Nothing is sent anywhere: no account, no cookies, no counting.
Lessons under CC BY 4.0, code under MIT. <a href="${up}bench/"${at('bench/')}>How fast it is</a>, in your own browser.</p>
</footer>
</body>
</html>
`}`;
}

/** Light, the system's, dark: an empty, a half and a full dot. */
function themeChoice(): Markup {
  const circle = '<circle cx="7" cy="7" r="6"/>';
  const kinds = [
    { value: 'light', name: 'Light', drawing: circle },
    { value: 'system', name: 'As the system', drawing: `${circle}<path class="full" d="M7 1a6 6 0 0 1 0 12z"/>` },
    { value: 'dark', name: 'Dark', drawing: '<circle class="full" cx="7" cy="7" r="6"/>' },
  ];
  return html`<fieldset class="theme"><legend class="spoken">Colours</legend>${kinds.map(
    ({ value, name, drawing }) =>
      html`<label title="${name}"><input type="radio" name="theme" value="${value}" aria-label="${name}"${value === 'system' ? raw(' checked') : null}><svg viewBox="0 0 14 14" aria-hidden="true" focusable="false">${raw(drawing)}</svg><span class="on"></span></label>`,
  )}</fieldset>`;
}

// The page for an address that leads nowhere. A host serves it at any depth, so it holds all it needs and asks for nothing.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { html, raw } from '../html.ts';
import { mark } from './mark.ts';
import { siteName } from './page.ts';

/** The known rooms of the site: what stands before them in the address is the home page. Without a script, the folder above serves. */
const script = `const p=location.pathname;const r=p.search(/\\/(lessons|widgets|embed|bench|data)(\\/|$)/);document.getElementById('home').href=r>=0?p.slice(0,r+1):p.replace(/[^/]*\\/?$/,'');`;

const styles = `
body{margin:0;font:1.125rem/1.5556 "Source Serif 4","Iowan Old Style",Georgia,serif;color:var(--ink);background:var(--paper)}
main{max-width:31rem;margin:0 auto;padding:14vh 1.5rem}
h1{font-weight:400;font-size:2.4rem;line-height:1.1;letter-spacing:-.018em;margin:1.2rem 0 .6rem}
a{color:inherit;text-decoration-color:var(--touch);text-underline-offset:.18em}
.a{fill:var(--a)}.b{fill:var(--b)}.times{fill:var(--ink)}.mark{width:4rem;height:2rem}`;

/** @param tokensFile path of tokens.css, which is written into the page */
export function notFoundPage(tokensFile: string): string {
  const tokens = readFileSync(tokensFile, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const hash = createHash('sha256').update(script).digest('base64');
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not found · ${siteName}</title>
<style>${raw(tokens)}${raw(styles)}</style>
</head>
<body>
<main>
${mark()}
<h1>There is nothing at this address</h1>
<p>Perhaps it was cut short on the way. <a id="home" href="./">Here is the course.</a></p>
</main>
<script>${raw(script)}</script>
</body>
</html>
`}`;
}

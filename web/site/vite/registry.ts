// Which module defines an element, read from web/elements/index.ts as text: its code is for browsers, and the build runs in Node.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** `dot-product` → `<root>/web/elements/product/product.ts`, in the order of the file. */
export function elementModules(root: string): Map<string, string> {
  const folder = path.join(root, 'web/elements');
  const entries = readFileSync(path.join(folder, 'index.ts'), 'utf8').matchAll(/'(dot-[\w-]+)': \(\) => import\('(.+?)'\)/g);
  return new Map([...entries].map(([, name = '', file = '']) => [name, path.join(folder, file)]));
}

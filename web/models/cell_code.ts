// What happens to a reader's code before it runs, and how its values are written out. Used in the page and by the lesson check.

const statementWords =
  /^(?:const|let|var|if|for|while|do|function|class|return|throw|try|switch|import|export|break|continue|debugger|async\s+function)\b|^[{}]/;
/** A line that begins so goes on with the line before. */
const goesOn = /^\s*(?:[.)\]},?:*/%=<>&|^]|[-+](?![-+])|\?\.|instanceof\b|in\b)/;
/** A line that ends so is not finished. */
const unfinished = /(?:[([{,.?:*/%=<>&|^!~]|[^-+][-+]|=>|\b(?:await|new|typeof|return|of|in))\s*$/;

/**
 * The code with its last statement returned, if that looks like an expression; the lines stay where they are. null if there is
 * nothing to return. It is a guess: whoever runs the result falls back on the code as written when it is refused.
 */
export function withResult(code: string): string | null {
  const plain = blanked(code);
  const end = plain.replace(/[\s;]+$/, '').length;
  if (end === 0) return null;
  let start = 0;
  let depth = 0;
  for (let i = 0; i < end; i++) {
    const mark = plain[i] as string;
    if ('([{'.includes(mark)) depth++;
    else if (')]}'.includes(mark)) depth--;
    if (depth !== 0) continue;
    if (mark === ';') start = i + 1;
    else if (mark === '\n' && !unfinished.test(plain.slice(start, i)) && !goesOn.test(plain.slice(i + 1))) start = i + 1;
  }
  start += /^\s*/.exec(plain.slice(start))?.[0].length ?? 0;
  if (start >= end || statementWords.test(plain.slice(start, end))) return null;
  return `${code.slice(0, start)}return (${code.slice(start, end)}\n);`;
}

/** The same text with the insides of strings replaced by “_” and comments by blanks, so that brackets and ends can be counted. */
function blanked(code: string): string {
  return code.replace(/\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"|`(?:\\[^]|[^`\\])*`/g, (part) =>
    part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : '_'.repeat(part.length),
  );
}

/**
 * A value as one readable line: a 32-bit float with the digits that it has, a typed array like a list. It uses nothing from
 * outside itself, because its source is also put into the worker that runs the code.
 */
export function show(value: unknown, depth = 0): string {
  if (typeof value === 'number') {
    if (Number.isInteger(value) || Math.fround(value) !== value) return String(value);
    for (let digits = 1; digits < 9; digits++)
      if (Math.fround(Number(value.toPrecision(digits))) === value) return String(Number(value.toPrecision(digits)));
    return String(value);
  }
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Promise) return 'a promise: put await before the call';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (depth > 4) return '…';
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)) {
    const list = value as ArrayLike<unknown>;
    const shown = Array.from({ length: Math.min(list.length, 100) }, (_, i) => show(list[i], depth + 1));
    return `[${shown.join(', ')}${list.length > 100 ? `, … ${list.length} in all` : ''}]`;
  }
  if (value instanceof Map || value instanceof Set) return `${value.constructor.name} ${show([...value], depth)}`;
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${show(field, depth + 1)}`);
  return fields.length > 0 ? `{${fields.join(', ')}}` : '{}';
}

// The small language of checks.yaml → JavaScript source. Nothing of an author's text reaches the page as code: it is parsed here,
// every name is known, and each operator and call becomes a call of the kit (web/models/kit.ts).
import { drawing, signatures } from '../../models/kit.ts';
import { suggestion } from '../problem.ts';

export interface Scope {
  /** Variables that may be read. */
  names: readonly string[];
  /** Whether functions that draw may be called. */
  draws?: boolean;
}

export class ExpressionError extends Error {
  readonly repair: string;
  constructor(what: string, repair: string) {
    super(what);
    this.repair = repair;
  }
}

interface Token {
  kind: 'number' | 'string' | 'name' | 'mark' | 'end';
  text: string;
  at: number;
}

const constants: Readonly<Record<string, string>> = { true: 'true', false: 'false', pi: 'Math.PI' };

/** Binary operators: how tightly they bind, and the source for them. */
const operators: Readonly<Record<string, { power: number; source: (a: string, b: string) => string }>> = {
  '||': { power: 1, source: (a, b) => `(${a} || ${b})` },
  '&&': { power: 2, source: (a, b) => `(${a} && ${b})` },
  '==': { power: 3, source: (a, b) => `k.equal(${a}, ${b})` },
  '!=': { power: 3, source: (a, b) => `!k.equal(${a}, ${b})` },
  '<': { power: 4, source: (a, b) => `(${a} < ${b})` },
  '<=': { power: 4, source: (a, b) => `(${a} <= ${b})` },
  '>': { power: 4, source: (a, b) => `(${a} > ${b})` },
  '>=': { power: 4, source: (a, b) => `(${a} >= ${b})` },
  '+': { power: 5, source: (a, b) => `k.add(${a}, ${b})` },
  '-': { power: 5, source: (a, b) => `k.subtract(${a}, ${b})` },
  '*': { power: 6, source: (a, b) => `k.multiply(${a}, ${b})` },
  '/': { power: 6, source: (a, b) => `k.divide(${a}, ${b})` },
  '%': { power: 6, source: (a, b) => `k.remainder(${a}, ${b})` },
  '**': { power: 8, source: (a, b) => `k.power(${a}, ${b})` },
};
const prefixPower = 7;

/** One expression → the source of `async (k, v) => …`, k being the kit and v the variables. Throws ExpressionError. */
export function compileExpression(text: string, scope: Scope): string {
  return `async (k, v) => ${new Parser(text, scope).whole()}`;
}

class Parser {
  readonly #tokens: Token[];
  #next = 0;
  readonly #text: string;
  readonly #scope: Scope;

  constructor(text: string, scope: Scope) {
    this.#text = text;
    this.#scope = scope;
    this.#tokens = tokens(text);
  }

  whole(): string {
    const source = this.#choice();
    const rest = this.#peek();
    if (rest.kind !== 'end') throw this.#unexpected(rest);
    return source;
  }

  /** x ? y : z, or less. */
  #choice(): string {
    const condition = this.#binary(0);
    if (!this.#takes('?')) return condition;
    const yes = this.#choice();
    this.#want(':');
    return `(${condition} ? ${yes} : ${this.#choice()})`;
  }

  #binary(least: number): string {
    let left = this.#prefix();
    for (;;) {
      const operator = this.#peek();
      const known = operator.kind === 'mark' && Object.hasOwn(operators, operator.text) ? operators[operator.text] : undefined;
      if (!known || known.power <= least) return left;
      this.#next++;
      // ** binds to the right: 2 ** 3 ** 2 = 2 ** 9.
      left = known.source(left, this.#binary(operator.text === '**' ? known.power - 1 : known.power));
    }
  }

  #prefix(): string {
    if (this.#takes('-')) {
      const positive = this.#binary(prefixPower);
      return /^[\d.e]+$/.test(positive) ? `-${positive}` : `k.scale(${positive}, -1)`;
    }
    if (this.#takes('!')) return `!${this.#binary(prefixPower)}`;
    let value = this.#primary();
    while (this.#takes('[')) {
      value = `k.at(${value}, ${this.#choice()})`;
      this.#want(']');
    }
    return value;
  }

  #primary(): string {
    const token = this.#peek();
    this.#next++;
    if (token.kind === 'number') return token.text;
    if (token.kind === 'string') return JSON.stringify(token.text);
    if (token.kind === 'mark' && token.text === '(') {
      const inner = this.#choice();
      this.#want(')');
      return `(${inner})`;
    }
    if (token.kind === 'mark' && token.text === '[') return `[${this.#items(']').join(', ')}]`;
    if (token.kind === 'name') return this.#takes('(') ? this.#call(token) : this.#variable(token.text);
    throw this.#unexpected(token);
  }

  #call({ text: name }: Token): string {
    const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
    if (!signature)
      throw new ExpressionError(
        `there is no function “${name}”`,
        `lessons/README.md lists them.${suggestion(name, Object.keys(signatures))}`,
      );
    if (drawing.includes(name) && !this.#scope.draws)
      throw new ExpressionError(`${name}(…) draws at random, which is done in vars and items only`, 'give what it draws a name in vars');
    const given = this.#items(')');
    const [least, most] = signature;
    if (given.length < least || given.length > most) {
      throw new ExpressionError(
        `${name}(…) takes ${least === most ? least : `${least} to ${most}`} values and got ${given.length}`,
        'lessons/README.md shows how it is called',
      );
    }
    return `(await k.${name}(${given.join(', ')}))`;
  }

  #variable(name: string): string {
    const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
    if (constant) return constant;
    if (this.#scope.names.includes(name)) return `v.${name}`;
    if (Object.hasOwn(signatures, name)) throw new ExpressionError(`“${name}” is a function`, `call it: ${name}(…)`);
    const names = this.#scope.names.join(', ') || 'no names';
    throw new ExpressionError(
      `there is no “${name}” here`,
      `known here: ${names}; a word is written in quotes: '${name}'.${suggestion(name, this.#scope.names)}`,
    );
  }

  #items(end: string): string[] {
    const items: string[] = [];
    if (this.#takes(end)) return items;
    do items.push(this.#choice());
    while (this.#takes(','));
    this.#want(end);
    return items;
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #takes(mark: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'mark' || token.text !== mark) return false;
    this.#next++;
    return true;
  }

  #want(mark: string): void {
    if (!this.#takes(mark)) throw new ExpressionError(`“${mark}” is missing ${place(this.#text, this.#peek())}`, 'close what was opened');
  }

  #unexpected(token: Token): ExpressionError {
    if (token.kind === 'end') return new ExpressionError(`“${this.#text}” breaks off`, 'complete the expression');
    if (token.text === '=') return new ExpressionError('a single = compares nothing', 'write ==');
    return new ExpressionError(
      `“${token.text}” does not belong ${place(this.#text, token)}`,
      'an expression is one value: numbers, names, calls and operators',
    );
  }
}

function place(text: string, token: Token): string {
  return token.kind === 'end' ? `at the end of “${text}”` : `at “${text.slice(token.at, token.at + 12)}”`;
}

const tokenPattern =
  /\s+|(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+)|'([^'\n]*)'|"([^"\n]*)"|([A-Za-z_]\w*)|(\*\*|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:()[\],=])/gy;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  tokenPattern.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    const match = tokenPattern.exec(text);
    if (!match)
      throw new ExpressionError(`“${text[at]}” means nothing in an expression (in “${text}”)`, 'see “Expressions” in lessons/README.md');
    const [whole, number, single, double, name, mark] = match;
    const word = single ?? double;
    if (number !== undefined) found.push({ kind: 'number', text: String(Number(number)), at });
    else if (word !== undefined) found.push({ kind: 'string', text: word, at });
    else if (name !== undefined) found.push({ kind: 'name', text: name, at });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark, at });
    at += whole.length;
  }
  found.push({ kind: 'end', text: '', at });
  return found;
}

// Our engine as WebAssembly in this Node, spoken to like the native programs: node wasm.ts BINARY FOLDER
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import type { Binary } from '../../../web/bench/types.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd'); // until Node 22; later ones need no word for it
const { createEngine } = await import('../../../web/engine/sync.ts');
const { matrix, numbers } = await import('../../../web/bench/cases.ts');

const [binary, folder] = process.argv.slice(2) as [Binary, string];
const engine = await createEngine({ binary, files: { [binary]: readFileSync(`${folder}/${binary}/dot_by_dot.wasm`) } });

let once = (): Float32Array => new Float32Array(0);
let first = () => 0;
let held: { dispose(): void }[] = [];
const hold = (values: Float32Array) => {
  const kept = engine.hold(values);
  held.push(kept);
  return kept;
};

function prepare(kind: string, size: number[]): void {
  for (const one of held) one.dispose();
  held = [];
  const [rows, columns] = [size[0] as number, size[1] ?? (size[0] as number)];
  if (kind === 'dot') {
    const [a, b] = [hold(numbers(rows, 1)), hold(numbers(rows, 2))];
    first = () => engine.dot(a, b);
    once = () => Float32Array.of(engine.dot(a, b));
  } else if (kind === 'matvec') {
    const [m, x] = [{ rows, columns, data: hold(matrix(rows, columns, 3).data) }, hold(numbers(columns, 4))];
    once = () => engine.matvec(m, x);
    first = () => once()[0] as number;
  } else {
    const [a, b] = [5, 6].map((seed) => ({ rows, columns: rows, data: hold(matrix(rows, rows, seed).data) }));
    once = () => engine.matmul(a!, b!).data;
    first = () => once()[0] as number;
  }
}

let sink = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [what, kind = '', ...rest] = line.split(' ');
  if (what === 'prepare') {
    prepare(kind, rest.map(Number));
    console.log('ready');
  } else if (what === 'answer') {
    const values = once();
    const step = Math.max(1, Math.floor(values.length / 1000));
    console.log(Array.from(values.filter((_, i) => i % step === 0)).join(' '));
  } else {
    const begun = performance.now();
    for (let i = 0; i < Number(kind); ++i) sink += first();
    console.log(`${(performance.now() - begun) / 1000} ${sink}`);
  }
}

// hnswlib-wasm, its exact search (BruteforceSearch) by inner product. Its other index, a graph, gives approximate answers, and nothing
// of that kind is compared here.
import { loadHnswlib } from 'hnswlib-wasm';
import type { Contestant, Prepared, Problem } from '../../../web/bench/types.ts';

export async function hnswlib(version: string): Promise<Contestant> {
  const { BruteforceSearch } = await loadHnswlib();
  const prepare = (problem: Problem): Prepared | undefined => {
    if (problem.kind !== 'search') return undefined;
    const { table, query, count } = problem;
    const index = new BruteforceSearch('ip', table.columns);
    index.initIndex(table.rows);
    for (let r = 0; r < table.rows; ++r) index.addPoint(table.data.subarray(r * table.columns, (r + 1) * table.columns), r);
    const run = (times: number) => {
      let sum = 0;
      for (let i = 0; i < times; ++i) sum += index.searchKnn(query, count, undefined).distances[0]!;
      return sum;
    };
    const answer = () => {
      const { distances, neighbors } = index.searchKnn(query, count, undefined);
      // A distance is 1 − the dot product.
      return { values: Float32Array.from(distances, (distance) => 1 - distance), indices: neighbors };
    };
    return { run, answer, dispose: () => index.delete() };
  };
  return { name: `hnswlib-wasm ${version}`, prepare };
}

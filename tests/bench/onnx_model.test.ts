import { expect, test } from 'vitest';
import { attentionModel, productModel, searchesModel } from './contestants/onnx_model.ts';

type Fields = Map<number, (number | Uint8Array)[]>;

/** The fields of a protobuf message: numbers and byte strings by field number. */
function read(bytes: Uint8Array): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const integer = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = integer();
    const kind = key & 7;
    expect([0, 2]).toContain(kind);
    const content = integer();
    const list = fields.get(key >>> 3) ?? [];
    list.push(kind === 0 ? content : bytes.subarray(at, at + content));
    if (kind === 2) at += content;
    fields.set(key >>> 3, list);
  }
  expect(at).toBe(bytes.length);
  return fields;
}

const texts = (fields: Fields, field: number) =>
  (fields.get(field) ?? []).map((content) => new TextDecoder().decode(content as Uint8Array));
const messages = (fields: Fields, field: number) => (fields.get(field) ?? []).map((content) => read(content as Uint8Array));

test('a product of an input and a constant', () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6);
  const [graph] = messages(read(productModel({ rows: 1, columns: 2 }, { rows: 2, columns: 3, data })), 7) as [Fields];
  const [node] = messages(graph, 1) as [Fields];
  expect([texts(node, 1), texts(node, 2), texts(node, 4)]).toEqual([['a', 'b'], ['out'], ['MatMul']]);
  const [constant] = messages(graph, 5) as [Fields];
  expect([constant.get(1), texts(constant, 8)]).toEqual([[2, 3], ['b']]);
  const raw = (constant.get(9) as Uint8Array[])[0] as Uint8Array;
  expect(new Float32Array(raw.slice().buffer)).toEqual(data);
  expect(messages(graph, 11).map((input) => texts(input, 1))).toEqual([['a']]);
});

test('a search ends in TopK', () => {
  const table = { rows: 300, columns: 1, data: new Float32Array(300) };
  const [graph] = messages(read(productModel(table, { rows: 1, columns: 1 }, { count: 10 })), 7) as [Fields];
  expect(messages(graph, 1).flatMap((node) => texts(node, 4))).toEqual(['MatMul', 'Reshape', 'TopK']);
  expect(messages(graph, 12).flatMap((output) => texts(output, 1))).toEqual(['values', 'indices']);
});

const operations = (model: Uint8Array) => {
  const [graph] = messages(read(model), 7) as [Fields];
  return { nodes: messages(graph, 1).flatMap((node) => texts(node, 4)), constants: messages(graph, 5).map((one) => one.get(1)) };
};

test('several searches are a product with the table turned, and TopK', () => {
  const matrix = (rows: number) => ({ rows, columns: 2, data: new Float32Array(2 * rows) });
  expect(operations(searchesModel(matrix(3), matrix(20), 10))).toEqual({
    nodes: ['Gemm', 'TopK'],
    constants: [[3, 2], [20, 2], [1]],
  });
});

test('attention is a product, Softmax, a product', () => {
  const floats = new Float32Array(2 * 3 * 4);
  expect(operations(attentionModel(2, 3, 4, floats, floats, floats))).toEqual({
    nodes: ['MatMul', 'Softmax', 'MatMul'],
    constants: [
      [2, 3, 4],
      [2, 4, 3],
      [2, 3, 4],
    ],
  });
});

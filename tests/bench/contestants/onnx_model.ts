// Small ONNX models, byte by byte: a product of two matrices, on request with the largest entries of it, and attention.
//
// ONNX is a protobuf format: a message is a row of fields, each a number (field << 3 | kind) and its content; kind 0 is an integer of
// seven bits a byte, kind 2 a length and so many bytes. Field numbers are those of onnx.proto.
import type { Matrix } from '../../../web/bench/types.ts';

type Bytes = Uint8Array;

function integer(value: number): number[] {
  const out: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) out.push((value % 128) | 128);
  return [...out, value];
}

function join(parts: Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const number = (field: number, value: number): Bytes => Uint8Array.from([...integer(field << 3), ...integer(value)]);
const bytes = (field: number, content: Bytes): Bytes =>
  join([Uint8Array.from([...integer((field << 3) | 2), ...integer(content.length)]), content]);
const text = (field: number, content: string): Bytes => bytes(field, new TextEncoder().encode(content));
const message = (field: number, ...fields: Bytes[]): Bytes => bytes(field, join(fields));

const FLOAT = 1;
const INT64 = 7;

/** TensorProto: dims, data_type, name, raw_data (little-endian, as JavaScript's arrays are on every machine that runs this). */
const tensor = (field: number, name: string, type: number, dims: number[], raw: ArrayBufferView): Bytes =>
  message(
    field,
    ...dims.map((dim) => number(1, dim)),
    number(2, type),
    text(8, name),
    bytes(9, new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength)),
  );

/** ValueInfoProto: name, and type.tensor_type of elem_type and shape. */
const value = (field: number, name: string, type: number, dims: number[]): Bytes =>
  message(field, text(1, name), message(2, message(1, number(1, type), message(2, ...dims.map((dim) => message(1, number(1, dim)))))));

/** NodeProto: inputs, outputs, op_type, attributes of whole numbers (AttributeProto: name, i, type INT = 2). */
const node = (operation: string, inputs: string[], outputs: string[], attributes: Record<string, number> = {}): Bytes =>
  message(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operation),
    ...Object.entries(attributes).map(([name, i]) => message(5, text(1, name), number(3, i), number(20, 2))),
  );

/** An operand of the product: part of the model where `data` is there, else an input of this shape. */
export interface Operand {
  rows: number;
  columns: number;
  data?: Matrix['data'];
}

/**
 * out[M,N] = a[M,K] · b[K,N]; with `turned`, b is given as [N,K] (the operation Gemm, transB). With `count`, the outputs are `values` and
 * `indices`, the largest of the product's entries, for a product of one column or row.
 */
export function productModel(a: Operand, b: Operand, { count, turned = false }: { count?: number; turned?: boolean } = {}): Bytes {
  const shape = turned ? [a.rows, b.rows] : [a.rows, b.columns];
  const entries = (shape[0] as number) * (shape[1] as number);
  const operands = Object.entries({ a, b }) as [string, Operand][];
  const nodes = [turned ? node('Gemm', ['a', 'b'], ['out'], { transB: 1 }) : node('MatMul', ['a', 'b'], ['out'])];
  const constants = operands.flatMap(([name, { rows, columns, data }]) => (data ? [tensor(5, name, FLOAT, [rows, columns], data)] : []));
  if (count !== undefined) {
    nodes.push(node('Reshape', ['out', 'flat_shape'], ['flat']), node('TopK', ['flat', 'count'], ['values', 'indices']));
    constants.push(
      tensor(5, 'flat_shape', INT64, [1], BigInt64Array.of(BigInt(entries))),
      tensor(5, 'count', INT64, [1], BigInt64Array.of(BigInt(count))),
    );
  }
  const outputs =
    count === undefined ? [value(12, 'out', FLOAT, shape)] : [value(12, 'values', FLOAT, [count]), value(12, 'indices', INT64, [count])];
  const inputs = operands.flatMap(([name, { rows, columns, data }]) => (data ? [] : [value(11, name, FLOAT, [rows, columns])]));
  return model([...nodes, text(2, 'product'), ...constants, ...inputs, ...outputs]);
}

/** ModelProto: ir_version, graph (nodes, name, initializers, inputs, outputs), opset_import. */
const model = (graph: Bytes[]): Bytes => join([number(1, 8), message(7, ...graph), message(8, number(2, 13))]);

/** Of each row of queries[Q,D] · table[V,D]ᵀ the `count` largest entries, best first: values[Q,count], indices[Q,count]. */
export function searchesModel(queries: Matrix, table: Matrix, count: number): Bytes {
  const shape = [queries.rows, count];
  return model([
    node('Gemm', ['a', 'b'], ['out'], { transB: 1 }),
    node('TopK', ['out', 'count'], ['values', 'indices']),
    text(2, 'searches'),
    tensor(5, 'a', FLOAT, [queries.rows, queries.columns], queries.data),
    tensor(5, 'b', FLOAT, [table.rows, table.columns], table.data),
    tensor(5, 'count', INT64, [1], BigInt64Array.of(BigInt(count))),
    value(12, 'values', FLOAT, shape),
    value(12, 'indices', INT64, shape),
  ]);
}

/** softmax(q · k) · v, all heads at once. q[H,T,d] is scaled beforehand, k[H,d,T] turned, v[H,T,d]. */
export function attentionModel(heads: number, T: number, d: number, q: Float32Array, k: Float32Array, v: Float32Array): Bytes {
  return model([
    node('MatMul', ['q', 'k'], ['scores']),
    node('Softmax', ['scores'], ['weights']),
    node('MatMul', ['weights', 'v'], ['out']),
    text(2, 'attention'),
    tensor(5, 'q', FLOAT, [heads, T, d], q),
    tensor(5, 'k', FLOAT, [heads, d, T], k),
    tensor(5, 'v', FLOAT, [heads, T, d], v),
    value(12, 'out', FLOAT, [heads, T, d]),
  ]);
}

// A module's memory from the JavaScript side: one work area that grows with the largest question, and arrays that stay.
import { LabError } from './errors.ts';
import type { MainModule } from './generated.d.ts';
import type { Held, NumberArray, SyncVector } from './types.ts';

/** What every module offers of its memory. */
type Heap = Pick<MainModule, 'heap' | '_lab_allocate' | '_lab_free' | '_lab_heap_bytes' | '_lab_used_bytes'>;

/** A module addresses 4 GB. */
const MOST_FLOATS = 2 ** 30;

/** Floats up to a multiple of four, so that what follows lies at a multiple of 16 bytes. */
const padded = (floats: number) => (floats + 3) & ~3;

/** Numbers that live in the engine: using them costs no copy. Free them by `dispose()`. */
export class HeldArray implements Held {
  constructor(
    private readonly memory: Memory,
    /** Where they lie, in bytes; 0 once disposed of. */
    public address: number,
    public readonly length: number,
  ) {}

  /** Whether they lie in this memory, and still do. */
  in(memory: Memory): boolean {
    return this.memory === memory && this.address !== 0;
  }

  get values(): Float32Array {
    if (this.address === 0) throw new LabError('disposed', 'These numbers were disposed of. Hold them again.');
    return this.memory.view(this.address, this.length);
  }

  dispose(): void {
    if (this.address !== 0) this.memory.free(this.address);
    this.address = 0;
  }
}

/** A module's heap, with a work area at `base`. */
export class Memory {
  private floats = new Float32Array(0);
  private base = 0;
  private capacity = 0;
  private next = 0;

  constructor(private readonly module: Heap) {}

  /** The heap as floats, renewed when it has grown. */
  private get heap(): Float32Array {
    if (this.floats.length === 0) this.floats = new Float32Array(this.module.heap().buffer);
    return this.floats;
  }

  /** Begin a question that needs so many arrays and floats in the work area. What stood there is overwritten. */
  begin(arrays: number, floats: number): void {
    const needed = floats + 4 * arrays;
    if (needed > this.capacity) {
      if (this.base !== 0) this.module._lab_free(this.base);
      this.base = this.capacity = 0;
      const capacity = Math.ceil(needed / 4096) * 4096;
      this.base = this.allocate(capacity);
      this.capacity = capacity;
    }
    this.next = this.base;
  }

  /** Room for so many floats in the work area: its address. */
  room(floats: number): number {
    const at = this.next;
    this.next += 4 * padded(floats);
    return at;
  }

  /** The address of the numbers: where they are held, or of a copy in the work area. */
  put(values: SyncVector): number {
    if (values instanceof HeldArray) return values.address;
    const at = this.room(values.length);
    this.heap.set(values as NumberArray, at >>> 2);
    return at;
  }

  /** A view of floats at an address; dead once the heap has grown. */
  view(address: number, floats: number): Float32Array {
    return this.heap.subarray(address >>> 2, (address >>> 2) + floats);
  }

  /** A copy of floats at an address. */
  copy(address: number, floats: number): Float32Array<ArrayBuffer> {
    return this.heap.slice(address >>> 2, (address >>> 2) + floats) as Float32Array<ArrayBuffer>;
  }

  /** A view of 32-bit integers at an address. */
  integers(address: number, count: number): Uint32Array {
    return new Uint32Array(this.heap.buffer, address, count);
  }

  /** A view of bytes at an address. */
  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.heap.buffer, address, count);
  }

  /** Memory for so many floats, outside the work area. */
  allocate(floats: number): number {
    // More than 32 bits can count would come out as a little.
    const address = floats < MOST_FLOATS ? this.module._lab_allocate(4 * floats) >>> 0 : 0;
    if (address === 0)
      throw new LabError(
        'out-of-memory',
        `The engine cannot get ${Math.ceil(floats / 262_144)} MB more. Ask for less at once, or close other pages.`,
      );
    return address;
  }

  free(address: number): void {
    this.module._lab_free(address);
  }

  /** Keep numbers in the engine. */
  hold(values: NumberArray): HeldArray {
    const address = this.allocate(values.length);
    this.heap.set(values, address >>> 2);
    return new HeldArray(this, address, values.length);
  }

  /** Copy bytes into the engine, for as long as `use` runs. */
  withBytes<T>(bytes: Uint8Array, use: (address: number) => T): T {
    const address = this.allocate(Math.ceil(bytes.length / 4));
    try {
      new Uint8Array(this.heap.buffer, address, bytes.length).set(bytes);
      return use(address);
    } finally {
      this.free(address);
    }
  }

  get heapBytes(): number {
    return this.module._lab_heap_bytes() >>> 0;
  }

  get usedBytes(): number {
    return this.module._lab_used_bytes() >>> 0;
  }
}

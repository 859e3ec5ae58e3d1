// The JavaScript interface of the engine: everything that elements, lessons and users of the package may import.
export { LabError } from './errors.ts';
export { loadLab } from './load.ts';
export type * from './types.ts';

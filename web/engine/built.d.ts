// What `npm run build:engine` leaves in build/, as TypeScript sees it whether or not it is there yet.

declare module '*/build/engine/simd128/dot_by_dot.js' {
  const create: (options: object) => Promise<import('./generated.d.ts').MainModule>;
  export default create;
}

declare module '*/build/engine/simd128/dot_by_dot_models.js' {
  const create: (options: object) => Promise<import('./generated_models.d.ts').MainModule>;
  export default create;
}

/** The worker as the text of one classic script. */
declare module '*/build/engine/worker.js' {
  const text: string;
  export default text;
}

// For the tests, which are TypeScript.
export declare function probesPage(figures: object): string;
export declare function farthestFromChance(task: { heldOut: number; seeds: number; models: Record<string, readonly object[]> }): number;

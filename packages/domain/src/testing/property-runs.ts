/**
 * How often a property is tried, and from which seed: `usual` runs, or as many times that as PROPERTY_RUNS says. A failure
 * prints its seed, and PROPERTY_SEED repeats it.
 */
export function propertyRuns(usual: number): { numRuns: number; seed: number } {
  return {
    numRuns: usual * Number(process.env['PROPERTY_RUNS'] ?? 1),
    seed: Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31),
  }
}

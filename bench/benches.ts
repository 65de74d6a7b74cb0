import type { Bench } from './measure.ts';

/**
 * The benches by name. Each is loaded only in its own process, so that none is affected by what another has loaded or
 * warmed up.
 */
export const benches = {
  scoring: async () => (await import('./scoring/scoring.ts')).scoring,
  decay: async () => (await import('./decay/decay.ts')).decay,
  advice: async () => (await import('./advice/advice.ts')).advice,
  pipeline: async () => (await import('./pipeline/pipeline.ts')).pipeline,
  'write-units': async () => (await import('./pipeline/write-units.ts')).writeUnits,
  api: async () => (await import('./api/api.ts')).api,
  report: async () => (await import('./report/report-memory.ts')).reportMemory,
  memory: async () => (await import('./memory/memory.ts')).memory,
  cost: async () => (await import('./cost/cost.ts')).cost,
  bundle: async () => (await import('./bundle/bundle.ts')).bundle,
} satisfies Record<string, () => Promise<Bench>>;

export type BenchName = keyof typeof benches;

export const benchNames = Object.keys(benches) as BenchName[];

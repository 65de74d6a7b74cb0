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
  rescoring: async () => (await import('./rescoring/rescoring.ts')).rescoring,
  api: async () => (await import('./api/api.ts')).api,
  webhooks: async () => (await import('./webhooks/webhooks.ts')).webhooks,
  deliveries: async () => (await import('./deliveries/deliveries.ts')).deliveries,
  report: async () => (await import('./report/report-memory.ts')).reportMemory,
  histories: async () => (await import('./histories/histories.ts')).histories,
  compare: async () => (await import('./compare/compare.ts')).comparing,
  memory: async () => (await import('./memory/memory.ts')).memory,
  cost: async () => (await import('./cost/cost.ts')).cost,
  integrations: async () => (await import('./cost/integrations-cost.ts')).integrationsCost,
  console: async () => (await import('./console/console.ts')).consolePage,
  bundle: async () => (await import('./bundle/bundle.ts')).bundle,
} satisfies Record<string, () => Promise<Bench>>;

export type BenchName = keyof typeof benches;

export const benchNames = Object.keys(benches) as BenchName[];

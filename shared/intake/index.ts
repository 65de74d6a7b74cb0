export { countPayloads } from './count-payloads.ts';
export { createIntake, type IntakeDeps } from './create-intake.ts';
export type { Intake, IntakeResult, OutcomeCounts, PayloadOutcome } from './intake.ts';
export { payloadOutcomes } from './intake.ts';
export { readDeployedSources } from './read-deployed-sources.ts';

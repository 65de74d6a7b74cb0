import type { SourceDocument } from '../sources/index.ts';
import type { PassedPayload, Payload } from '../webhooks/index.ts';

/**
 * The ends that a payload can have. `unknown`: its mapping has nothing for it. `empty`: its mapping knows it, and it has no
 * value of which an event would be made. `unmapped`: a value of it is wrong, and it is quarantined. `unavailable`: storage
 * or the bus failed, and it has to be sent again.
 */
export const payloadOutcomes = [
  'taken',
  'own',
  'ignored',
  'unknown',
  'empty',
  'unmapped',
  'unproven',
  'missing-changes',
  'unavailable',
] as const;
export type PayloadOutcome = (typeof payloadOutcomes)[number];

/** The number of payloads by outcome. */
export type OutcomeCounts = Readonly<Record<PayloadOutcome, number>>;

/** The result of taking in payloads. */
export interface IntakeResult {
  readonly counts: OutcomeCounts;
  /** The number of events that were put on the bus. */
  readonly events: number;
  /** The number of payloads without a mapping, by the name that the vendor gives them. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** The part of a source document that the intake reads. */
export type IntakeSource = Pick<SourceDocument, 'name' | 'ignore' | 'mapping'>;

/** Takes in payloads: resolves their leads, makes events of them, and puts the events on the bus. */
export interface Intake {
  /**
   * Takes in the payloads of one request. Whatever happens to one of them stops no other. Those that are `unavailable` may
   * be sent again, together with the others: what was taken before is a duplicate then.
   */
  take(
    source: IntakeSource,
    payloads: readonly Payload[],
    passed?: readonly PassedPayload[],
  ): Promise<IntakeResult>;
}

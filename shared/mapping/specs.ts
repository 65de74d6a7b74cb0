import type { InboundType } from '../../events/index.ts';
import type { Take } from './derive-text.ts';
import type { UnsafeWay } from './lead-id.ts';
import type { NumberOptions } from './number-format.ts';

/**
 * The parts of a mapping as they are after parsing. A `name` is that of a column in a mapping of CSV files, and a
 * JMESPath expression in a mapping of payloads. All of them can be stored as JSON.
 */

export type CellType = 'string' | 'number' | 'boolean' | 'list';

export interface CellSpec extends NumberOptions {
  readonly name?: string | undefined;
  readonly fixed?: unknown;
  readonly take?: Take | undefined;
  /** The type into which the value is turned. Without one it is taken as it is: a text of a cell remains a text. */
  readonly type?: CellType | undefined;
  readonly separator?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly outside?: 'reject' | 'omit' | undefined;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly words?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly otherwise?: 'reject' | 'keep' | 'omit' | { readonly fixed: unknown } | undefined;
  readonly blank?: readonly string[] | undefined;
}

export interface IdSpec {
  readonly names: readonly string[];
  readonly separator: string;
  readonly prefix: string;
  readonly case?: 'lower' | undefined;
  readonly unsafe?: UnsafeWay | undefined;
}

export interface AtSpec {
  readonly name?: string | undefined;
  readonly fixed?: string | undefined;
  readonly asOf?: true | undefined;
  readonly format?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly locale?: string | undefined;
  readonly pivot?: number | undefined;
}

/** A condition on a value. Without a test, the value must be there. */
export interface Condition {
  readonly name: string;
  readonly filled?: boolean | undefined;
  readonly equals?: readonly string[] | undefined;
  readonly not?: readonly string[] | undefined;
}

/**
 * The types that a mapping can produce. Only Sluice requests rescoring, only doors identify leads, and an override is the
 * word of a person who answers for it.
 */
export type MappedType = Exclude<
  InboundType,
  'LeadRescoreRequested' | 'LeadIdentified' | 'LeadOverridden' | 'LeadOverrideLifted'
>;

type Bag<T> = Readonly<Record<string, T>>;

interface HandoffSpec {
  readonly handoffId?: CellSpec | undefined;
  readonly actor: CellSpec;
  readonly reason?: CellSpec | undefined;
}

/** The data of an event, by type. */
export type DataSpec =
  | {
      readonly type: 'LeadStageChanged';
      readonly stage: CellSpec;
      readonly dealId?: CellSpec | undefined;
      readonly reason?: CellSpec | undefined;
      readonly actor?: CellSpec | undefined;
    }
  | { readonly type: 'LeadProfileUpdated'; readonly attributes: Bag<CellSpec> }
  | {
      readonly type: 'LeadActivityRecorded';
      readonly activity: CellSpec;
      readonly count?: CellSpec | undefined;
      readonly total?: CellSpec | undefined;
      readonly properties?: Bag<CellSpec> | undefined;
    }
  | {
      readonly type: 'LeadAnswersRecorded';
      readonly answers: Bag<{ readonly value: CellSpec; readonly text?: CellSpec | undefined }>;
      readonly askedBy?: CellSpec | undefined;
    }
  | {
      readonly type: 'LeadOutcomeRecorded';
      readonly outcome: CellSpec;
      readonly dealId?: CellSpec | undefined;
      readonly amount?: CellSpec | undefined;
      readonly reason?: CellSpec | undefined;
    }
  | { readonly type: 'LeadsMerged'; readonly mergedLeadId: IdSpec }
  | { readonly type: 'LeadErasureRequested' }
  | ({ readonly type: 'HandoffAccepted' | 'HandoffRejected' } & HandoffSpec);

/** An identifier of a payload's lead. */
export interface IdentifierSpec {
  readonly type: string;
  readonly name: string;
  readonly anonymous?: true | undefined;
}

/** `LeadsMerged` in a mapping of payloads: exactly one of the two. */
interface PayloadMergeSpec {
  readonly type: 'LeadsMerged';
  readonly mergedLeadId?: IdSpec | undefined;
  readonly mergedIdentifiers?: readonly IdentifierSpec[] | undefined;
}

export type PayloadEventSpec = (Exclude<DataSpec, { type: 'LeadsMerged' }> | PayloadMergeSpec) & {
  readonly note?: string | undefined;
  readonly when?: readonly Condition[] | undefined;
  readonly at?: AtSpec | undefined;
};

/** A mapping of payloads that was checked. It has either `leadId` or `identity`. */
export interface PayloadMapping {
  /** The EventBridge `source` of the events. */
  readonly source: string;
  readonly leadId?: IdSpec | undefined;
  readonly identity?:
    | { readonly identifiers: readonly IdentifierSpec[]; readonly whenTwoMeet: 'suggest' | 'merge' }
    | undefined;
  /** The instant of events that have no `at`. Without it, the instant that the source says. */
  readonly occurredAt?: AtSpec | undefined;
  /** Texts that mean nothing, wherever they are. */
  readonly blank: readonly string[];
  readonly events: readonly PayloadEventSpec[];
}

import { type ActivationActions, activationActions } from '../../events/index.ts';
import { type Item, N, number, readOneOf, S, text } from '../dynamodb/index.ts';
import { rescoringKey } from '../keys/index.ts';

/** The states of a rescoring. */
const rescoringStatuses = ['running', 'paused', 'done'] as const;
export type RescoringStatus = (typeof rescoringStatuses)[number];

/**
 * The current rescoring. An activation puts the next one in its place, in its own transaction: of two activations only
 * the leads of the later one matter.
 */
export interface RescoringJob {
  /** The revision of the activation. */
  readonly revision: number;
  readonly modelVersion: string;
  readonly actions: ActivationActions;
  readonly status: RescoringStatus;
  /** The number of passes over the table that began, from 1. The last one finds nothing to do. */
  readonly pass: number;
  /** The instant at which the pass began: UTC, ISO 8601. */
  readonly passStartedAt: string;
  /** UTC, ISO 8601. */
  readonly requestedAt: string;
  /** The segments into which the table is divided. */
  readonly segments: number;
  /** The most write units a second that rescoring uses. */
  readonly writeUnitsPerSecond: number;
  /** The rescorings that the passes before this one requested. */
  readonly requestedBefore?: number;
  /** The fewest leads that a pass found since functions know the model. A pass that finds fewer is progress. */
  readonly fewest?: number;
  /** The passes since then that found no fewer leads. */
  readonly idlePasses?: number;
  /** UTC, ISO 8601. */
  readonly doneAt?: string;
  /** The leads that the last pass still found when the rescoring gave up; 0 if it has rescored all. */
  readonly left?: number;
}

/** The write units a second, unless an operator says otherwise. */
export const defaultWriteUnitsPerSecond = 500;

/** The segments into which the table is divided: as many chains of messages scan it at once. */
const defaultSegments = 8;

/** The numbers that a rescoring has once its passes come to an end. */
const progressNumbers = ['requestedBefore', 'fewest', 'idlePasses', 'left'] as const;

/** Returns the item of a rescoring. */
export const rescoringJobItem = (job: RescoringJob): Item => ({
  pk: S(rescoringKey.pk),
  sk: S(rescoringKey.sk),
  revision: N(job.revision),
  modelVersion: S(job.modelVersion),
  actions: S(job.actions),
  status: S(job.status),
  pass: N(job.pass),
  passStartedAt: S(job.passStartedAt),
  requestedAt: S(job.requestedAt),
  segments: N(job.segments),
  writeUnitsPerSecond: N(job.writeUnitsPerSecond),
  ...(job.doneAt !== undefined && { doneAt: S(job.doneAt) }),
  ...Object.fromEntries(
    progressNumbers.flatMap((name) => (job[name] === undefined ? [] : [[name, N(job[name])]])),
  ),
});

/** Reads the item of a rescoring. @throws UnreadableItemError */
export const parseRescoringJob = (item: Item): RescoringJob => ({
  revision: number(item, 'revision'),
  modelVersion: text(item, 'modelVersion'),
  actions: readOneOf(item, 'actions', activationActions),
  status: readOneOf(item, 'status', rescoringStatuses),
  pass: number(item, 'pass'),
  passStartedAt: text(item, 'passStartedAt'),
  requestedAt: text(item, 'requestedAt'),
  segments: number(item, 'segments'),
  writeUnitsPerSecond: number(item, 'writeUnitsPerSecond'),
  ...(item.doneAt?.S !== undefined && { doneAt: item.doneAt.S }),
  ...Object.fromEntries(
    progressNumbers.flatMap((name) => (item[name] === undefined ? [] : [[name, number(item, name)]])),
  ),
});

/** An activation that requests a rescoring. */
interface RescoringRequest extends Pick<RescoringJob, 'revision' | 'modelVersion' | 'actions'> {
  /** UTC, ISO 8601. */
  readonly at: string;
}

/**
 * Returns the rescoring that an activation requests. Its first pass begins with the activation.
 *
 * @param writeUnitsPerSecond the pace
 */
export const requestRescoring = (
  { at, ...activation }: RescoringRequest,
  writeUnitsPerSecond: number = defaultWriteUnitsPerSecond,
): RescoringJob => ({
  ...activation,
  status: 'running',
  pass: 1,
  passStartedAt: at,
  requestedAt: at,
  segments: defaultSegments,
  writeUnitsPerSecond,
});

import { isObject } from '../../events/index.ts';

/** The message about the next page of a segment. It counts only as long as the segment is at this step. */
export interface SegmentMessage {
  readonly revision: number;
  readonly pass: number;
  readonly segment: number;
  readonly step: number;
}

const names = ['revision', 'pass', 'segment', 'step'] as const;

/** Thrown if a message of the queue is neither a wake-up nor about a segment. */
class UnknownRescoringMessageError extends Error {
  readonly code = 'UNKNOWN_RESCORING_MESSAGE';
  constructor(name: string) {
    super(`message about a segment: ${name} is not a whole number; allowed are numbers from 0`);
    this.name = 'UnknownRescoringMessageError';
  }
}

/** The message that wakes the function: it looks at the current rescoring, and carries on what stands still. */
export const wakeMessage = {} as const;

/**
 * Reads a message. Everything that names no segment is a wake-up: an empty message of the schedule, or an activation.
 *
 * @returns undefined for a wake-up
 * @throws UnknownRescoringMessageError
 */
export const parseRescoringMessage = (body: string): SegmentMessage | undefined => {
  const message: unknown = JSON.parse(body);
  if (!isObject(message) || message.segment === undefined) return undefined;
  const wrong = names.find((name) => !Number.isSafeInteger(message[name]) || (message[name] as number) < 0);
  if (wrong !== undefined) throw new UnknownRescoringMessageError(wrong);
  return message as unknown as SegmentMessage;
};

import type { ApiError, FieldProblem } from '../../api/api-error.ts';
import type { Answer } from '../../api/call.ts';

export type QuarantinedEvent = Answer<'getQuarantined'>;

/** The progress of the replay of a rejected event. */
export interface ReplayState {
  readonly isBusy: boolean;
  readonly answer?: Answer<'replayQuarantined'>;
  readonly error?: ApiError;
  /** The lead that the event names that was sent. */
  readonly leadId?: string | undefined;
}

/** Returns the problems of a refused replay by the paths of the event itself. */
export const readReplayProblems = ({ failure }: ApiError): readonly FieldProblem[] =>
  failure.errors.map((problem) => ({
    ...problem,
    path: problem.path.replace(/^(?:body\.corrected|event)(?:\.|$)/, '') || '(the whole)',
  }));

/** Returns whether a refused replay can be forced. */
export const canForce = ({ failure }: ApiError): boolean =>
  failure.status === 409 && failure.detail.includes('`force`');

/** Reads the id of the lead that an event names. */
export const readLeadId = (text: string): string | undefined => {
  try {
    const leadId: unknown = JSON.parse(text)?.detail?.data?.leadId;
    return typeof leadId === 'string' && leadId !== '' ? leadId : undefined;
  } catch {
    return undefined;
  }
};

/** An event to put in the place of a rejected one, or nothing if the text is none. */
export const readCorrected = (text: string): Record<string, unknown> | undefined => {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === 'object' && event !== null && !Array.isArray(event)
      ? (event as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

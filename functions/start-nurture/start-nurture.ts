import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type ActionEvent, parseAction, parseInternal } from '../../events/index.ts';
import type { FollowUps, StartLimits } from '../../shared/follow-ups/index.ts';
import { count, eachRecord } from '../../shared/lambda/index.ts';
import type { PolicyReader } from '../../shared/model-store/index.ts';

export interface StartNurtureDeps {
  readonly followUps: Pick<FollowUps, 'followNurture' | 'beginNurture'>;
  readonly readPolicy: PolicyReader;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Returns the limits of the model by which the lead was judged. A closed lead has none. */
const readLimits = async (
  { readPolicy }: StartNurtureDeps,
  { data }: ActionEvent,
): Promise<StartLimits | undefined> =>
  'modelVersion' in data ? (await readPolicy(data.modelVersion)).nurture : undefined;

/**
 * Puts a lead on the nurture track that its latest announcement asks for, or on none. If that changes its track, the
 * table's stream announces the start and the stop.
 */
const followAction = async (deps: StartNurtureDeps, event: ActionEvent): Promise<void> => {
  const limits = await readLimits(deps, event);
  const followed = await deps.followUps.followNurture(event, limits, deps.now());
  count(followed === 'late' ? 'NurtureAlreadyFollowed' : 'NurtureFollowed', 1);
  if (followed === 'waiting') count('NurtureTracksWaiting', 1);
  if (followed === 'refused') count('NurtureStartsRefused', 1);
};

/** Begins the track for which a lead waits. A message ahead of the clock begins nothing: another one will be sent. */
const beginTrack = async (
  { followUps, now }: StartNurtureDeps,
  { leadId, dueAt }: { readonly leadId: string; readonly dueAt: string },
): Promise<void> => {
  const at = Date.parse(dueAt);
  const begun = at <= now() && (await followUps.beginNurture(leadId, at, now()));
  count(begun ? 'NurtureWaitsEnded' : 'NurtureAlreadyFollowed', 1);
};

const follow =
  (deps: StartNurtureDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const entry = JSON.parse(body);
    const due = parseInternal(entry);
    return due?.type === 'NurtureDue' ? beginTrack(deps, due.data) : followAction(deps, parseAction(entry));
  };

export const startNurture =
  (deps: StartNurtureDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, follow(deps));

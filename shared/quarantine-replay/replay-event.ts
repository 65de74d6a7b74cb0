import type { QuarantineAdmin, QuarantineRecord, StepNoted } from '../quarantine/index.ts';
import { type Doubt, findLastingDoubt, judgeReplay, type ReplayJudgement } from './judge-replay.ts';

/** The request to replay a quarantined event. */
interface Replay {
  /** The text of a corrected event, replayed in place of the one that came. */
  readonly corrected?: string | undefined;
  /** Whether to replay also an event that would be rejected again. */
  readonly force: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The decision about a replay: to put an event on the bus, or the reason not to. `erased`: its text is gone; a merge
 * with an erased lead may still be open, and then has a doubt.
 */
export type ReplayPlan =
  | {
      readonly kind: 'put';
      readonly text: string;
      readonly judgement: Exclude<ReplayJudgement, { kind: 'impossible' }>;
    }
  | { readonly kind: 'refused'; readonly judgement: Exclude<ReplayJudgement, { kind: 'ready' }> }
  | { readonly kind: 'erased'; readonly doubt?: Doubt };

/** Decides whether a quarantined event is put on the bus again. */
export const planReplay = (record: QuarantineRecord, { corrected, force, now }: Replay): ReplayPlan => {
  const text = record.status === 'erased' ? undefined : (corrected ?? record.body);
  if (text === undefined) {
    const doubt = record.status === 'open' ? findLastingDoubt(record.code) : undefined;
    return { kind: 'erased', ...(doubt !== undefined && { doubt }) };
  }
  const judgement = judgeReplay(text, corrected === undefined ? record.code : undefined, now);
  if (judgement.kind === 'ready' || (judgement.kind === 'doubtful' && force))
    return { kind: 'put', text, judgement };
  return { kind: 'refused', judgement };
};

interface ReplayNote {
  readonly actor: string;
  readonly corrected?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Notes a replay after the bus has accepted the event. After a crash in between the event is still open, and replaying
 * it twice does no harm.
 */
export const noteReplay = (
  admin: Pick<QuarantineAdmin, 'note'>,
  { id, times }: Pick<QuarantineRecord, 'id' | 'times'>,
  { actor, corrected, now }: ReplayNote,
): Promise<StepNoted> =>
  admin.note(id, {
    step: corrected === undefined ? 'replayed' : 'corrected',
    actor,
    at: new Date(now).toISOString(),
    corrected,
    times,
  });

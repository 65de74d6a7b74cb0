import type { QuarantineAdmin, QuarantineRecord, StepNoted } from '../quarantine/index.ts';

interface Discard {
  readonly actor: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Marks a quarantined event as discarded: nobody will correct it. Its text stays until it expires. */
export const discardEvent = async (
  admin: Pick<QuarantineAdmin, 'note'>,
  { id, times, status }: Pick<QuarantineRecord, 'id' | 'times' | 'status'>,
  { actor, reason, now }: Discard,
): Promise<StepNoted | 'erased'> =>
  status === 'erased'
    ? 'erased'
    : admin.note(id, { step: 'discarded', actor, at: new Date(now).toISOString(), note: reason, times });

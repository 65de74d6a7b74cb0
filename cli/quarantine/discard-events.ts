import type { QuarantineAdmin, QuarantineRecord } from '../../shared/quarantine/index.ts';
import { discardEvent } from '../../shared/quarantine-replay/index.ts';
import { note } from '../output/print.ts';

export interface DiscardProps {
  readonly admin: QuarantineAdmin;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly actor: string;
  readonly reason: string;
}

export interface Discarded {
  readonly discarded: number;
  /** The number of events that came again meanwhile, or are gone. */
  readonly left: number;
}

/** Marks quarantined events as discarded: nobody will correct them. Their texts stay until they expire. */
export const discardEvents = async (
  { admin, now, actor, reason }: DiscardProps,
  records: AsyncIterable<QuarantineRecord>,
): Promise<Discarded> => {
  let discarded = 0;
  let left = 0;
  for await (const record of records) {
    const { id } = record;
    const noted = await discardEvent(admin, record, { actor, reason, now: now() });
    if (noted === 'erased') note(`${id}: erased already`);
    else if (noted === 'noted') discarded++;
    else left++;
    if (noted === 'came-again') note(`${id}: it has come again meanwhile and stays open`);
    if (noted === 'gone') note(`${id}: no longer there, since it has expired`);
  }
  return { discarded, left };
};

import type { Problem, RejectionCode } from '../../events/index.ts';
import type { Quarantine } from '../quarantine/index.ts';
import type { IntakeSource } from './intake.ts';

/** A payload that becomes no event and is to be stored. */
export interface Unmapped {
  readonly name: string;
  readonly content: unknown;
  readonly code: Extract<RejectionCode, 'unmapped' | 'missing-changes'>;
  readonly problems: readonly Problem[];
}

/** The longest type of an event. Names of payloads may be longer. */
const longestName = 128;

/** Stores a payload whole, in the form of an event whose detail it is. */
export const quarantinePayload = (
  quarantine: Quarantine,
  { name: source }: IntakeSource,
  { name, content, code, problems }: Unmapped,
  now: number,
): Promise<void> => {
  const type = name.slice(0, longestName).toWellFormed();
  const entry = { source, 'detail-type': type, detail: content ?? null };
  return quarantine.store({
    body: JSON.stringify(entry),
    entry,
    rejection: { code, problems },
    origin: `source ${source}`,
    receivedAt: new Date(now).toISOString(),
  });
};

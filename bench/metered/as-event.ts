import type { PutEventsEntry } from '../../infra/local/put-events.ts';
import type { SampleEvent } from '../pipeline/stream.ts';

/** Returns an entry of PutEvents in the form in which a rule and its target receive it. */
export const asEvent = ({
  Source,
  DetailType,
  Detail,
}: PutEventsEntry): SampleEvent & { source: string } => ({
  source: Source ?? '',
  'detail-type': DetailType ?? '',
  time: '2026-03-01T09:00:00Z',
  detail: JSON.parse(Detail ?? ''),
});

import type { PutEventsEntry } from '../../infra/local/put-events.ts';
import type { SampleEvent } from '../pipeline/stream.ts';

/** What was put on the bus, as a rule and its target see it. */
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

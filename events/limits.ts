import { minuteMs } from './time-units.ts';

/** Size caps of inbound events. They bound what one event can cost; a value beyond a cap is quarantined. */
export const limits = {
  idLength: 128,
  stringLength: 1_000,
  answerTextLength: 10_000,
  listLength: 50,
  listItemLength: 200,
  attributesPerEvent: 100,
  answersPerEvent: 100,
  propertiesPerEvent: 50,
  activityCount: 10_000,
  amount: 1e12,
  /** How far ahead of the receiver's clock `occurredAt` may lie, in milliseconds. */
  clockSkewMs: 5 * minuteMs,
  earliest: '2000-01-01T00:00:00.000Z',
} as const;

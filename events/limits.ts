import { minuteMs } from './time-units.ts';

/**
 * The size caps of inbound events. They bound the cost of one event; an event with a value beyond a cap is quarantined.
 */
export const limits = {
  idLength: 128,
  /** The most characters of an identifier of a person. The longest e-mail address has 254. */
  identifierLength: 512,
  stringLength: 1_000,
  answerTextLength: 10_000,
  listLength: 50,
  listItemLength: 200,
  attributesPerEvent: 100,
  answersPerEvent: 100,
  propertiesPerEvent: 50,
  /** The most names of one kind in a document of facts. No lead that somebody writes by hand has more. */
  namesPerFactsDocument: 500,
  activityCount: 10_000,
  activityTotal: 1_000_000_000,
  amount: 1e12,
  /** The time that `occurredAt` may be ahead of the receiver's clock, in milliseconds. */
  clockSkewMs: 5 * minuteMs,
  earliest: '2000-01-01T00:00:00.000Z',
} as const;

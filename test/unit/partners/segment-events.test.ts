import { describe, expect, it } from 'vitest';
import { parsePartnerEvent, splitPartnerEvent } from '../../../shared/partners/index.ts';
import { readPartnerFixture, segmentSource } from '../../support/partner-events.ts';

describe("an event of Segment's on its partner bus", () => {
  it('is the payload that a webhook would bring, so that one mapping fits both', () => {
    const event = readPartnerFixture('segment-track');
    expect(splitPartnerEvent(segmentSource, event)).toEqual({
      payloads: [
        {
          name: 'track Demo Requested',
          recordId: 'api-2vScujEMpSBuY0yLFHSLUz21jbu',
          occurredAt: '2026-03-01T09:10:00.540Z',
          content: event.detail,
        },
      ],
      passed: [],
    });
  });

  it('is named by its own type, whatever the detail-type says', () => {
    const event = { ...readPartnerFixture('segment-identify'), 'detail-type': 'My mapping' };
    expect(splitPartnerEvent(segmentSource, event).payloads[0]?.name).toBe('identify');
  });

  it('is kept if it has no id', () => {
    const { messageId: _, ...detail } = readPartnerFixture('segment-track').detail;
    const event = { ...readPartnerFixture('segment-track'), detail };
    expect(splitPartnerEvent(segmentSource, event)).toMatchObject({
      payloads: [],
      passed: [{ why: 'malformed', content: detail, problem: { path: 'messageId', given: 'nothing' } }],
    });
  });
});

describe('a message of a rule', () => {
  const event = readPartnerFixture('segment-track');

  it('is an event with its envelope', () => {
    expect(parsePartnerEvent(event)).toEqual({
      id: event.id,
      source: event.source,
      'detail-type': 'track',
      time: event.time,
      detail: event.detail,
    });
  });

  it.each([null, [], 'text', { ...event, source: undefined }, { ...event, detail: [] }, { ...event, id: 7 }])(
    'is no event otherwise: %#',
    (entry) => {
      expect(parsePartnerEvent(entry)).toBeUndefined();
    },
  );
});

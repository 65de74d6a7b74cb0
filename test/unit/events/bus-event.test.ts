import { describe, expect, it } from 'vitest';
import { busEvent, correlationIdOf, inboundContracts } from '../../../events/index.ts';

const metadata = { eventId: 'e-1', occurredAt: '2026-03-01T09:00:00.000Z' };

describe('an event for the bus', () => {
  it('has its contract’s type, and the instant at which it occurred', () => {
    const event = busEvent('LeadErasureRequested', 'crm', metadata, { leadId: 'l-1' });
    expect(event).toEqual({
      source: 'crm',
      'detail-type': 'LeadErasureRequested',
      time: '2026-03-01T09:00:00.000Z',
      detail: { metadata: { ...metadata, schemaVersion: 1 }, data: { leadId: 'l-1' } },
    });
    expect(inboundContracts.LeadErasureRequested.detail.safeParse(event.detail).error).toBeUndefined();
  });

  it('names its correlation and its cause if they are known', () => {
    const trace = { correlationId: 'c-1', causationId: 'e-0' };
    const { detail } = busEvent('LeadErasureRequested', 'crm', { ...metadata, ...trace }, { leadId: 'l-1' });
    expect(detail.metadata).toEqual({ ...metadata, schemaVersion: 1, ...trace });
  });

  it('accepts only data of its contract', () => {
    // @ts-expect-error A request for a rescoring names the model.
    busEvent('LeadRescoreRequested', 'crm', metadata, { leadId: 'l-1' });
    // @ts-expect-error The field is misspelt.
    busEvent('LeadRescoreRequested', 'crm', metadata, { leadId: 'l-1', modelVersio: 'success-ready@1' });
    // @ts-expect-error There is no such stage.
    busEvent('LeadStageChanged', 'crm', metadata, { leadId: 'l-1', stage: 'prospect' });
    // @ts-expect-error There is no such type.
    expect(busEvent('LeadForgotten', 'crm', metadata, { leadId: 'l-1' }).source).toBe('crm');
  });
});

describe('the correlation id of an event', () => {
  it('is the one that its producer gave it, else the id of the event', () => {
    expect(correlationIdOf({ eventId: 'e-1', correlationId: 'c-1' })).toBe('c-1');
    expect(correlationIdOf({ eventId: 'e-1' })).toBe('e-1');
  });
});

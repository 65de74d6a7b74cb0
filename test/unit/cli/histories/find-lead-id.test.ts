import { describe, expect, it } from 'vitest';
import { findLeadId } from '../../../../cli/histories/find-lead-id.ts';

const data = (text: string): string => `{"source":"s","detail":{"metadata":{},"data":{${text}}}}`;

describe('the lead that an event names', () => {
  it('is found in the text of most events', () => {
    expect(findLeadId(data('"leadId" : "l-1"'))).toBe('l-1');
  });

  it('is that of the data, also if another field is called leadId', () => {
    expect(findLeadId(data('"attributes":{"leadId":"other"},"leadId":"l-1"'))).toBe('l-1');
    expect(findLeadId(`{"leadId":"other",${data('"leadId":"l-1"').slice(1)}`)).toBe('l-1');
    expect(findLeadId(data('"leadId":"other","leadId":"l-1"'))).toBe('l-1');
  });

  it('is found in an event with escapes, and not in one that names none', () => {
    expect(findLeadId(data('"leadId":"l\\u002d1"'))).toBe('l-1');
    expect(findLeadId(data('"attributes":{}'))).toBeUndefined();
    expect(findLeadId(data('"leadId":"no lead"'))).toBeUndefined();
  });
});

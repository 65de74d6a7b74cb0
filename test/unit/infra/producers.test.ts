import { describe, expect, it } from 'vitest';
import { parseProducers, typesOf, typesToName, usualTypes } from '../../../infra/producers.ts';

const role = 'arn:aws:iam::123456789012:role/web-shop';
const shop = { id: 'WebShop', principal: role, sources: ['marketing.web'] };
const refusing = (change: object) => () => parseProducers([{ ...shop, ...change }]);

describe('producers in the context', () => {
  it('are read from a list, and from its JSON as the command line gives it', () => {
    expect(parseProducers([shop])).toEqual([shop]);
    expect(parseProducers(JSON.stringify([shop]))).toEqual([shop]);
  });

  it('may put, by default, every inbound type but those that have to be named', () => {
    expect(typesOf(shop)).toEqual(usualTypes);
    for (const type of typesToName) expect(usualTypes).not.toContain(type);
    expect(typesOf({ ...shop, types: ['LeadsMerged'] })).toEqual(['LeadsMerged']);
  });

  it.each([
    [
      { principal: '*' },
      'producers[0].principal: given "*"; allowed: an account id of 12 digits, or the ARN',
    ],
    [{ principal: 'arn:aws:iam::123456789012:role/*' }, 'producers[0].principal'],
    [{ principal: 'arn:aws:iam::123456789012:root' }, 'producers[0].principal'],
    [
      { sources: ['sluice'] },
      `producers[0].sources[0]: given "sluice"; allowed: any but sluice and sluice.canary, which are Sluice's own`,
    ],
    [
      { sources: ['crm', 'sluice.canary'] },
      'producers[0].sources[1]: given "sluice.canary"; allowed: any but',
    ],
    [{ sources: ['aws.s3'] }, 'producers[0].sources[0]'],
    [{ sources: ['marketing.*'] }, 'producers[0].sources[0]'],
    [{ sources: [] }, 'producers[0].sources: given []; allowed: at least 1 entries'],
    [
      { types: ['LeadTierChanged'] },
      'producers[0].types[0]: given "LeadTierChanged"; allowed: LeadStageChanged',
    ],
    [{ types: [] }, 'producers[0].types'],
    [{ id: 'Web Shop' }, 'producers[0].id: given "Web Shop"; allowed: 1 to 40 letters and digits'],
    [{ typ: ['LeadsMerged'] }, 'producers[0].typ: given ["LeadsMerged"]; allowed: no such field here'],
  ])('are refused with field, value and what is allowed: %j', (change, message) => {
    expect(refusing(change)).toThrow(message);
  });

  it('are refused if two have one id, or if they are no list in JSON', () => {
    expect(() => parseProducers([shop, shop])).toThrow('each id once');
    expect(() => parseProducers('{')).toThrow('context producers: given {; allowed: a list in JSON');
  });
});

import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { formatPreview } from '../../../cli/close/format-preview.ts';
import { readLead } from '../../../cli/close/read-lead.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';

/** Returns the lines about a lead that has a nurture item with these attributes. */
const preview = async (nurture: Readonly<Record<string, string>>): Promise<string[]> => {
  const item = Object.fromEntries(
    Object.entries({ pk: 'LEAD#l-1', sk: 'NURTURE', ...nurture }).map(([name, value]) => [
      name,
      { S: value },
    ]),
  );
  const client = memoryClient({ tables: { leads: [] } });
  await client.send(new PutItemCommand({ TableName: 'leads', Item: item }));
  return formatPreview(await readLead({ client, table: 'leads' }, 'l-1'), 'to be erased');
};

describe('what is stored of a lead, as it is shown before the lead goes', () => {
  it('has its nurture track', async () => {
    expect(await preview({ track: 'newsletter' })).toContain('  on nurture track newsletter');
  });

  it('has the track that waits, with the instant at which it begins', async () => {
    const lines = await preview({ waitingTrack: 'newsletter', dueAt: '2026-03-09T09:00:00.000Z' });
    expect(lines).toContain('  begins nurture track newsletter on 2026-03-09T09:00:00.000Z');
    expect(lines.join()).not.toContain('on nurture track');
  });

  it('has no line about nurture if there is no track', async () => {
    expect((await preview({ refusedTrack: 'newsletter' })).join()).not.toContain('nurture');
  });
});

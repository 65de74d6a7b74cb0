import { paginateScan } from '@aws-sdk/client-dynamodb';
import { isCanary } from '../../../../events/index.ts';
import { S } from '../../../../shared/dynamodb/index.ts';
import { isListed } from '../../../../shared/lead/index.ts';
import { parseLead } from '../../../../shared/ledger/index.ts';
import type { Step } from '../../step.ts';
import type { Target } from '../../target.ts';
import { until } from '../../until.ts';

interface Cell {
  readonly stage: string;
  readonly tier: string;
  readonly leads: number;
}

const describeCells = (cells: ReadonlyMap<string, number>): string =>
  [...cells]
    .toSorted()
    .map(([cell, leads]) => `${leads} ${cell}`)
    .join(', ');

/** Counts the leads in the table by stage and tier. */
const countLeads = async ({ clients, output }: Target): Promise<string> => {
  const cells = new Map<string, number>();
  const pages = paginateScan(
    { client: clients.dynamodb },
    {
      TableName: output('LeadsTableName'),
      ConsistentRead: true,
      FilterExpression: 'sk = :state',
      ExpressionAttributeValues: { ':state': S('STATE') },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const lead of Items.map(parseLead)) {
      if (!isListed(lead) || isCanary(lead.leadId)) continue;
      const cell = `${lead.stage} ${lead.tier}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
  }
  return describeCells(cells);
};

export const countFunnel: Step = {
  name: 'the funnel of the API counts the leads',
  run: async ({ api, target }) => {
    if (target.api.issueToken !== undefined) await api.expect('200', 'viewer', 'getFunnel');
    if (target.name === 'aws') {
      const { body } = await api.expect('200', 'service', 'getFunnel');
      return { saw: `${body.leads} leads, not compared: others may use the account` };
    }
    const counted = await until('the funnel to count the leads of the table', target.pace, async () => {
      const { body } = await api.expect('200', 'service', 'getFunnel');
      const cells: readonly Cell[] = body.cells;
      const shown = describeCells(
        new Map(
          cells.filter(({ leads }) => leads > 0).map(({ stage, tier, leads }) => [`${stage} ${tier}`, leads]),
        ),
      );
      const stored = await countLeads(target);
      return shown === stored ? { found: shown } : { instead: `${shown}; in the table ${stored}` };
    });
    return { saw: counted };
  },
};

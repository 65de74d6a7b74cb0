import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Partitions, partitionEntries } from '../../../../cli/histories/partition-entries.ts';
import { runOnPartitions } from '../../../../cli/histories/run-on-partitions.ts';
import { buildEntry, now } from '../../../support/events.ts';
import { temporaryFiles } from '../../../support/temporary-files.ts';
import type { CountProps } from './count-events.ts';

const { inFolder } = temporaryFiles();
const module = new URL('./count-events.ts', import.meta.url);

let partitions: Partitions;
beforeAll(async () => {
  const lines = Array.from({ length: 60 }, (_, i) =>
    JSON.stringify(
      buildEntry({
        type: 'LeadActivityRecorded',
        id: `e-${i}`,
        data: { leadId: `l-${i % 20}`, activity: 'page_visited' },
      }),
    ),
  );
  partitions = await partitionEntries([inFolder('events.jsonl', lines.join('\n'))], {
    now,
    partitions: 6,
    threads: 2,
  });
});
afterAll(() => partitions.remove());

const run = (props: CountProps, threads: number): Promise<number[]> =>
  Array.fromAsync(runOnPartitions<CountProps, number>(module, partitions, props, { threads }));

describe('work on partitions in threads', () => {
  it('gives the results in the order of the partitions, as one thread gives them', async () => {
    const alone = await run({}, 1);
    expect(await run({}, 3)).toEqual(alone);
    expect(alone.reduce((sum, count) => sum + count, 0)).toBe(60);
  });

  it.each([1, 2])(
    'fails with the error of the work, for the user if it was, with %i threads',
    async (threads) => {
      await expect(run({ failsAt: 'l-7' }, threads)).rejects.toMatchObject({
        name: 'CliError',
        code: 'COUNT_FAILED',
        lines: ['the count failed at l-7', '  a detail'],
      });
    },
  );

  it('fails if a thread ends by itself', async () => {
    await expect(run({ endsAt: 'l-7' }, 2)).rejects.toThrow('a thread ended by itself, with the code 3');
  });

  it('works again without limits on a partition that takes too much memory', async () => {
    expect(await run({ fillsAt: 'l-7' }, 2)).toEqual(await run({}, 1));
  });

  it('begins no more partitions once the caller has enough', async () => {
    for await (const count of runOnPartitions<CountProps, number>(module, partitions, {}, { threads: 2 })) {
      expect(count).toBeGreaterThan(0);
      break;
    }
  });
});

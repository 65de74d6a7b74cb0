import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { leadReference } from '../../../shared/lambda/index.ts';
import { secrets } from './secrets.ts';

interface Line {
  readonly level?: string;
  readonly message?: string;
  readonly errorName?: string;
  readonly _aws?: { readonly CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
}

let output = '';
let lines: Line[] = [];
beforeAll(async () => {
  const { POWERTOOLS_METRICS_DISABLED: _disabled, ...environment } = process.env;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'observed-run.ts')],
    {
      env: { ...environment, POWERTOOLS_LOG_LEVEL: 'DEBUG', POWERTOOLS_SERVICE_NAME: 'sluice' },
      maxBuffer: 50_000_000,
    },
  );
  output = stdout + stderr;
  lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
});

const metricNames = () =>
  new Set(
    lines.flatMap((line) => line._aws?.CloudWatchMetrics.flatMap((m) => m.Metrics.map((x) => x.Name)) ?? []),
  );

describe('what the functions write to logs and metrics', () => {
  it('is there: logs of each kind of failure, and metrics of each function', () => {
    expect(new Set(lines.map(({ message }) => message).filter(Boolean))).toEqual(
      new Set([
        'batch scored',
        'lead failed and its events will come again',
        'event could not be quarantined and will come again',
        'stream record could not be read',
        'the bus did not take all announcements',
        'record failed and will come again',
      ]),
    );
    expect([...metricNames()]).toEqual(
      expect.arrayContaining([
        'EventsRecorded',
        'EventsDuplicate',
        'EventsQuarantined',
        'Conflicts',
        'Announced',
        'AnnouncementsFailed',
        'NurtureFollowed',
        'HandoffsRequested',
        'HandoffsRejected',
      ]),
    );
  });

  it('names a lead by its reference', () => {
    expect(output).toContain(leadReference(secrets.leadId));
  });

  it('names errors by name and place', () => {
    const names = new Set(lines.map(({ errorName }) => errorName).filter(Boolean));
    expect(names).toEqual(
      new Set([
        'Error',
        'ConflictsExhaustedError',
        'BrokenAnnouncementError',
        'SyntaxError',
        'UnreadableItemError',
      ]),
    );
  });

  it.each(Object.entries(secrets))('never holds the %s', (_what, secret) => {
    expect(output.toLowerCase()).not.toContain(secret.toLowerCase());
  });
});

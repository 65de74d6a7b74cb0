import { beforeAll, describe, expect, it } from 'vitest';
import { hashReference } from '../../../shared/lambda/index.ts';
import { type Line, observe } from './observed-lines.ts';
import { secrets } from './secrets.ts';

let output = '';
let lines: Line[] = [];
beforeAll(async () => {
  ({ output, lines } = await observe('observed-run.ts'));
});

const metricNames = () =>
  new Set(
    lines.flatMap((line) => line._aws?.CloudWatchMetrics.flatMap((m) => m.Metrics.map((x) => x.Name)) ?? []),
  );

describe('the logs and metrics of the functions', () => {
  it('cover each kind of failure, and each function', () => {
    expect(new Set(lines.map(({ message }) => message).filter(Boolean))).toEqual(
      new Set([
        'batch scored',
        'records processed',
        'changes announced',
        'invocation failed',
        'lead failed; its unsettled events will be retried',
        'event could not be quarantined; it will be retried',
        'stream record could not be read',
        'a request to the bus failed',
        'the bus did not take all announcements',
        'record failed; it will be retried',
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

  it('name the correlations of each line by reference', () => {
    const written = lines.filter(({ level }) => level !== undefined);
    const named = (line: Line) => [line.correlationId ?? line.correlationIds ?? []].flat();
    expect(written.filter((line) => named(line).length === 0)).toEqual([]);
    expect(output).toContain(hashReference(secrets.correlation));
    for (const line of written) for (const id of named(line)) expect(id).toMatch(/^[0-9a-f]{12}$/);
  });

  it('name a lead by its reference', () => {
    expect(output).toContain(hashReference(secrets.leadId));
  });

  it('name errors by name and stack frame', () => {
    const names = new Set(lines.map(({ errorName }) => errorName).filter(Boolean));
    expect(names).toEqual(
      new Set([
        'Error',
        'ConflictsExhaustedError',
        'BrokenAnnouncementError',
        'ModelNotStoredError',
        'SyntaxError',
        'UnreadableItemError',
      ]),
    );
  });

  it.each(Object.entries(secrets))('never contain the %s', (_what, secret) => {
    expect(output.toLowerCase()).not.toContain(secret.toLowerCase());
  });
});

import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const cwd = new URL('../../../', import.meta.url);

/**
 * The files that may read the system's clock, and why. Every other time comes in as an argument: that of a function from
 * its handler, that of a command from the stack that it works on, whose clock may be warped.
 */
const allowed: ReadonlyMap<string, string> = new Map([
  ['cli/calibrate/observe-files.ts', 'events of files, without a stack: none is from the future'],
  ['cli/commands/event.ts', '--dry-run works without a stack'],
  ['cli/commands/import.ts', 'works without a stack: no export is from the future'],
  ['cli/commands/model.ts', 'facts of a file, without a stack'],
  ['cli/commands/replay.ts', 'events of files, without a stack'],
  ['cli/commands/source-try.ts', 'payloads of a file, without a stack'],
  ['cli/commands/start.ts', 'where the clock of a warped stack begins'],
  ['cli/compare/run-comparison.ts', 'events of files, without a stack'],
  ['cli/dlq/list-failures.ts', 'ages of messages, whose queues are on the time of the system'],
  ['cli/dlq/redrive-failures.ts', 'a line of the log of the operator'],
  ['cli/dlq/redrive-queue.ts', 'waits for messages, whose queues are on the time of the system'],
  ['cli/import/import-csv.ts', 'the default of a port, without a stack'],
  ['cli/listen/read-clock.ts', 'a receiver without a stack'],
  ['cli/model/came.ts', 'events of files, without a stack'],
  ['cli/rebuild/checkpoint.ts', 'how often progress is saved'],
  ['cli/replay/feed-history.ts', 'where the clock of a replay begins, so that history is settled as of now'],
  ['cli/stack/connect.ts', 'the clock of a stack on AWS'],
  ['cli/stack/outputs.ts', 'the time since a stack told its clock'],
]);

/** The places for which a rule holds. */
const allowedPlaces: readonly RegExp[] = [
  // Passes the clock on to the function, which has no other.
  /^functions\/[^/]+\/handler\.ts$/,
  // Timeouts, queues, retries and polling are on the time of the system; what concerns events has `StackClock`.
  /^infra\/local\//,
];

const readsClock =
  /\bDate\s*\.\s*now\b|\bnew Date\(\s*\)|\bDate\(\)|\bnew Date\b(?!\s*\()|performance\.timeOrigin/;

const files = globSync('{functions,shared,events,cli,infra/local}/**/*.ts', { cwd: cwd.pathname }).toSorted();
const readers = files.filter((file) =>
  readsClock.test(readFileSync(new URL(file, cwd), 'utf8').replaceAll(/^ *(\*|\/\/|\/\*).*$/gm, '')),
);

describe('the clock of the system', () => {
  it('is read in the places that may, and is a port everywhere else', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(readers.filter((file) => !allowedPlaces.some((place) => place.test(file)))).toEqual([
      ...allowed.keys(),
    ]);
  });

  it('is known to no function but through its handler', () => {
    const ownClock = /StackClock|install-?clock/i;
    const found = globSync('{functions,shared,events}/**/*.ts', { cwd: cwd.pathname }).filter((file) =>
      ownClock.test(readFileSync(new URL(file, cwd), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it.each(['Date.now()', 'now: Date.now,', 'new Date()', 'new Date', 'Date()'])(
    'would be found as %s',
    (text) => expect(readsClock.test(text)).toBe(true),
  );

  it.each(['new Date(now)', 'new Date(at).toISOString()', 'isDate()'])('is not read by %s', (text) =>
    expect(readsClock.test(text)).toBe(false),
  );
});

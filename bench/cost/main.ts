import { dayMs } from '../../events/index.ts';
import { parseEnvironment } from '../../infra/environments.ts';
import { read, region } from '../../shared/cost/index.ts';
import { describeMachine } from '../machine.ts';
import type { Flow } from '../metered/flow.ts';
import { countingService } from '../metered/routes.ts';
import { followedMs, type TimeFlow } from '../metered/time-flow.ts';
import { computeConsoleLines, countApiRequests, dailyUse } from './console-month.ts';
import { formatLines, formatMonth } from './format-cost.ts';
import { measureIntegrations } from './integrations.ts';
import { type Costs, measureCost, measureMonth } from './measure-cost.ts';
import { computeMonth } from './month.ts';
import { readPeople, readVolume, type Volume, VolumeError } from './options.ts';
import { computeRecount } from './recount-lines.ts';

const print = (lines: readonly string[]): void => {
  for (const line of lines) console.log(line);
};

const count = new Intl.NumberFormat('en');

/** Shows how often something falls due. */
const printTime = ({ flow: { events, leads, announcements, usages }, counts }: TimeFlow): void => {
  const units = [...Map.groupBy(usages, ({ service }) => service)].map(([service, own]) => {
    const sum = own.reduce((total, { usage }) => total + usage.consumed.writeUnits, 0);
    return `${service} ${(sum / events).toFixed(2)}`;
  });
  const { between, after, handoffs, nurtures, writeUnits, busiestHour, days } = counts;
  const messages = between + after + handoffs + nurtures;
  console.log(`
Time goes on for ${followedMs / dayMs} days after the last event of the sample, which has ${count.format(events)} events of ${leads} leads.
By itself it wakes leads ${between} times before their last event and ${after} times after it, and follows ${handoffs} deadlines of hand-offs
and ${nurtures} nurture tracks that had to wait: ${(messages / events).toFixed(2)} messages, ${(announcements / events).toFixed(2)} announcements and ${(writeUnits / events).toFixed(2)} write units an event (${units.join(', ')}).
Of the messages of those ${Math.round(days)} days, ${Math.round(100 * busiestHour)} % are sent in the busiest hour of the day.
Changes that fall due before a lead's next event are written by the event at the latest, and so are part of its cost above.`);
};

const sumUnits = ({ usages }: Flow): number =>
  usages.reduce((sum, { usage }) => sum + usage.consumed.writeUnits, 0);

/** Shows how much the funnel needs. */
const printFunnel = ({ measured, deployed, flows: { isolated } }: Costs): void => {
  const {
    counting: { flow, commits },
    recount,
  } = measured;
  const messages = flow.messages[countingService] ?? 0;
  const invocations = flow.usages.reduce((sum, { usage }) => sum + usage.invocations, 0);
  const units = sumUnits(flow);
  const million = computeRecount(recount, 1_000_000, deployed.memory['recount-funnel'] ?? Number.NaN);
  console.log(`
The funnel is counted from ${(messages / isolated.events).toFixed(2)} messages an event, ${Math.round(messages / invocations)} in a batch. Those of a commit are counted together:
${(messages / commits).toFixed(2)} messages, for ${(units / commits).toFixed(2)} write units; ${(units / isolated.events).toFixed(2)} units an event.
A recount of a million leads reads ${count.format(Math.round(million.readUnits))} units, ${(million.bytes / 2 ** 30).toFixed(2)} GB, in about ${Math.round(million.seconds)} s.`);
};

/** Shows the cost of a million events, and of a month without any. */
const showMillion = async (): Promise<void> => {
  const costs = await measureCost();
  const { isolated, fives, time, counting, recount, api, scored, usual, fixed, flows } = costs;
  print([
    ...formatLines('A million events, one event a lead in a batch', isolated),
    ...formatLines('A million events, five events of a lead in a batch', fives),
    ...formatLines('What time does to the leads of a million events, in addition', time),
    ...formatLines('Counting the funnel by what a million events and time announce, in addition', counting),
    ...formatLines('The first, up to the ledger: no announcements, no consumers', scored.isolated),
    ...formatLines('The second, up to the ledger', scored.fives),
    ...formatLines('A million events, one at a time, by the usual scheme', usual),
    ...formatLines('A month without events', fixed),
    ...formatLines('One recount of the funnel, for a million leads', recount),
    ...api.flatMap(({ kind, lines }) => formatLines(`A million requests: ${kind}`, lines)),
  ]);
  const { events, stored, announcements } = flows.isolated;
  console.log(`
For each event the sample announces ${(announcements / events).toFixed(2)} changes, and stores ${Math.round(stored / events)} bytes in the table:
${(((stored / events) * 1_000_000) / 2 ** 30).toFixed(2)} GB for a million events, charged monthly for storage and for backup. Anchoring reads the table once a day.`);
  printTime(flows.time);
  printFunnel(costs);
  const { kinds, fixed: added } = await measureIntegrations();
  print([
    ...kinds.flatMap(({ kind, lines }) => formatLines(`A million ${kind}`, lines)),
    ...formatLines('A month with sources and a subscription, in addition', added),
  ]);
};

const showMonth = async (volume: Volume): Promise<void> => {
  const basis = await measureMonth();
  const days = parseEnvironment('prod').archiveRetention.toDays();
  print(formatMonth(volume, computeMonth(volume, basis), days));
};

const showConsole = (people: number): void => {
  const requests = countApiRequests(people, dailyUse);
  const { workingDays, minutesSeen, requestsAMinute } = dailyUse;
  print([
    ...formatLines(
      `A month of the console on AWS, for ${count.format(people)} people`,
      computeConsoleLines(people),
    ),
    '',
    `Each of them works with it on ${workingDays} days, and sees the page Today for ${minutesSeen} minutes, in which it asks ${requestsAMinute} times a minute.`,
    `The ${count.format(requests)} requests to the API also cost what its functions cost (docs/cost.md, a million requests of the API).`,
  ]);
};

/** The request of the arguments: the console, a month, or a million events. */
type Asked = { readonly people: number } | { readonly volume: Volume | undefined };

const readArguments = (): Asked => {
  const args = process.argv.slice(2);
  try {
    const people = readPeople(args);
    return people === undefined ? { volume: readVolume(args) } : { people };
  } catch (error) {
    if (!(error instanceof VolumeError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
};

const asked = readArguments();
const { processor, cores } = describeMachine();
console.log(
  `Prices of ${region} in USD, read ${read}. Measured on Node ${process.version}, ${processor}, ${cores} cores.`,
);
if ('people' in asked) showConsole(asked.people);
else await (asked.volume === undefined ? showMillion() : showMonth(asked.volume));

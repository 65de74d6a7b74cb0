import { randomUUID } from 'node:crypto';
import type { ScheduleSpec } from '../blueprint.ts';
import { LocalStackError } from '../errors.ts';
import type { InvocationResult } from '../function-environment.ts';
import type { FunctionHost } from '../function-host.ts';
import type { Queue } from '../queue.ts';
import { account, region } from '../resource-types.ts';
import { withoutQualifier } from './check-schedules.ts';

export interface SchedulesProps {
  readonly specs: readonly ScheduleSpec[];
  /** The functions by ARN. */
  readonly hosts: ReadonlyMap<string, FunctionHost>;
  /** The queues by ARN. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** Returns the instant of the stack's clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Returns the event that a target without an input gets. */
const buildEvent = ({ arn }: ScheduleSpec, now: number): string =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time: `${new Date(now).toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {},
  });

/** The schedules of the app. None runs until somebody asks for it. */
export class Schedules {
  readonly #props: SchedulesProps;
  readonly #timers = new Map<ScheduleSpec, NodeJS.Timeout>();
  #stopped = false;

  constructor(props: SchedulesProps) {
    this.#props = props;
  }

  /**
   * Lets schedules run by the clock, each at most once at a time. A run that is missed meanwhile isn't made up for. Not
   * for a stack whose clock somebody moves: whoever moves it calls `runOnce`.
   *
   * @param isWanted whether a schedule runs, by its name
   */
  start(isWanted: (id: string) => boolean): void {
    for (const spec of this.#choose(isWanted)) if (!this.#timers.has(spec)) this.#plan(spec);
  }

  /**
   * Invokes the functions of schedules now, and sends to their queues, whether they are due or not.
   *
   * @throws LocalStackError `SCHEDULE_FAILED` if a function fails
   */
  async runOnce(isWanted: (id: string) => boolean): Promise<void> {
    for (const spec of this.#choose(isWanted)) {
      for (const result of await this.#invoke(spec)) {
        if (result.ok) continue;
        const { name, message } = result.error;
        throw new LocalStackError('SCHEDULE_FAILED', `the schedule ${spec.id} failed: ${name}: ${message}`);
      }
    }
  }

  /** Plans no further runs. Those that are under way end with their functions. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #choose(isWanted: (id: string) => boolean): ScheduleSpec[] {
    return this.#props.specs.filter(({ id }) => isWanted(id));
  }

  /** Sets the timer of the next run. Its end sets the one after it: the log of the function has its failure. */
  #plan(spec: ScheduleSpec): void {
    if (this.#stopped) return;
    const now = this.#props.now();
    const run = () => this.#invoke(spec).finally(() => this.#plan(spec));
    this.#timers.set(spec, setTimeout(run, spec.findNextRun(now) - now));
  }

  #invoke(spec: ScheduleSpec): Promise<InvocationResult[]> {
    const { hosts, queues, now } = this.#props;
    return Promise.all(
      spec.targets.flatMap(({ arn, input }) => {
        const event = input ?? buildEvent(spec, now());
        // Messages are dated by the system's clock, also if the stack has another.
        queues.get(arn)?.send(event, Date.now());
        const host = hosts.get(withoutQualifier(arn));
        return host === undefined ? [] : [host.invokeWith(event)];
      }),
    );
  }
}

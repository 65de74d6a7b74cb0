import { randomUUID } from 'node:crypto';
import type { ScheduleSpec } from '../blueprint.ts';
import type { StackClock } from '../clock/stack-clock.ts';
import { LocalStackError } from '../errors.ts';
import type { InvocationResult } from '../function-environment.ts';
import type { FunctionHost } from '../function-host.ts';
import { account, region } from '../resource-types.ts';
import { withoutQualifier } from './check-schedules.ts';

export interface SchedulesProps {
  readonly specs: readonly ScheduleSpec[];
  /** The functions by ARN. */
  readonly hosts: ReadonlyMap<string, FunctionHost>;
  readonly clock: StackClock;
  /**
   * The shortest time between two runs of a schedule, in milliseconds of the system's time: a clock that runs fast would
   * leave the functions no time for anything else.
   *
   * @default 200
   */
  readonly restMs?: number;
}

/** The longest delay of a timer. */
const longestMs = 2 ** 31 - 1;

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

/**
 * The schedules of the app. Each runs at most once at a time; a run that is missed meanwhile isn't made up for. None runs
 * before it is told to.
 */
export class Schedules {
  readonly #props: SchedulesProps;
  readonly #running = new Map<
    ScheduleSpec,
    { timer: NodeJS.Timeout | undefined; run: Promise<unknown> | undefined }
  >();
  #stopped = false;

  constructor(props: SchedulesProps) {
    this.#props = props;
    props.clock.onSet(() => {
      for (const spec of this.#running.keys()) this.#plan(spec);
    });
  }

  /** Lets schedules run by the clock of the stack. */
  start(isWanted: (id: string) => boolean): void {
    for (const spec of this.#choose(isWanted)) {
      if (this.#running.has(spec) || this.#stopped) continue;
      this.#running.set(spec, { timer: undefined, run: undefined });
      this.#plan(spec);
    }
  }

  /**
   * Invokes the targets of schedules once, now, whether they are due or not.
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
    for (const { timer } of this.#running.values()) clearTimeout(timer);
  }

  #choose(isWanted: (id: string) => boolean): ScheduleSpec[] {
    return this.#props.specs.filter(({ id }) => isWanted(id));
  }

  /** Sets the timer of the next run anew, unless one is under way: its end does. */
  #plan(spec: ScheduleSpec, restMs = 0): void {
    const state = this.#running.get(spec);
    if (state === undefined || state.run !== undefined || this.#stopped) return;
    clearTimeout(state.timer);
    const { clock } = this.#props;
    if (clock.rate === 0) return;
    const now = clock.now();
    const delay = Math.max(restMs, (spec.findNextRun(now) - now) / clock.rate);
    state.timer = setTimeout(
      () => {
        if (delay > longestMs) this.#plan(spec);
        else this.#run(spec, state);
      },
      Math.min(delay, longestMs),
    );
  }

  #run(spec: ScheduleSpec, state: { run: Promise<unknown> | undefined }): void {
    // An invocation never rejects; the function's log has its failure.
    state.run = this.#invoke(spec).finally(() => {
      state.run = undefined;
      this.#plan(spec, this.#props.restMs ?? 200);
    });
  }

  #invoke(spec: ScheduleSpec): Promise<InvocationResult[]> {
    const { hosts, clock } = this.#props;
    return Promise.all(
      spec.targets.flatMap(({ arn, input }) => {
        const host = hosts.get(withoutQualifier(arn));
        return host === undefined ? [] : [host.invokeWith(input ?? buildEvent(spec, clock.now()))];
      }),
    );
  }
}

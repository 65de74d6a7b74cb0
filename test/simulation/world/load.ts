import type { Fate } from '../../invariants/evidence.ts';
import { findContentKey, type LoadEntry, type Sent } from '../load/entry.ts';
import { buildEntry, drawHistory, listLeadIds, secretOf } from '../load/history.ts';
import { iso, start } from '../load/instants.ts';
import { varyContent } from '../load/variations.ts';
import { createNamedRandom, type Random } from '../random.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import { createProducer, type Producer } from './producer.ts';
import { nextWakeUp } from './schedule.ts';
import type { World } from './world.ts';

const hourMs = 3_600_000;

/** The longest times until sales answers, in milliseconds; some answers come while faults still strike. */
const longestAnswersMs = [100, 2_000, 60_000];

/** The longest times in worlds in which time passes: deadlines pass before some answers. */
const longestTimedAnswersMs = [60_000, 20 * hourMs, 150 * hourMs];

/** The events of producers and the answers of sales, with their required fates. */
export class Load {
  readonly #history: readonly Sent[];
  readonly #fates = new Map<string, Fate>();
  readonly #random: Random;
  readonly #varying: Random;
  readonly #answered = new Set<string>();
  readonly #leadIds: readonly string[];
  #sales: Producer | undefined;
  #verdicts = 0;

  constructor(plan: World['plan']) {
    this.#history = drawHistory(plan);
    this.#leadIds = listLeadIds(plan);
    this.#random = createNamedRandom(plan.seed, 'load');
    this.#varying = createNamedRandom(plan.seed, 'varied answers');
    for (const { content, fate } of this.#history) this.#fates.set(findContentKey(content), fate);
  }

  fateOf = (key: string): Fate => this.#fates.get(key) ?? 'recorded';

  /** Notes an event that somebody else sends, with its required fate. */
  expect({ content, fate }: Sent): void {
    this.#fates.set(findContentKey(content), fate);
  }

  /** Starts the producers, each with its part of the history. */
  begin(world: World): void {
    const { producers } = world.plan;
    this.#sales = createProducer(world, 'sales', this.#random.fork('sales'));
    for (let i = 0; i < producers; i++) {
      const part = this.#history.filter((_, index) => index % producers === i);
      void this.#produce(world, createProducer(world, `producer-${i}`, this.#random.fork(`p-${i}`)), part);
    }
  }

  async #produce(world: World, producer: Producer, part: readonly Sent[]): Promise<void> {
    const left = [...part];
    while (left.length > 0) {
      const wait = (left[0]?.sendAt ?? 0) - world.scheduler.now;
      if (wait > 0) await producer.sleep(wait);
      const { now } = world.scheduler;
      const due = left.findIndex(({ sendAt = 0 }) => sendAt > now);
      const together = this.#random.between(1, 4);
      const some = left
        .splice(0, due === -1 ? together : Math.min(due, together))
        .map(({ content }) => content);
      for (const text of some) if (typeof text === 'string' || !isOfBus(text)) this.#putByHand(world, text);
      const entries = some.filter((one): one is LoadEntry => typeof one !== 'string' && isOfBus(one));
      if (entries.length > 0) await producer.put(entries);
      await producer.pause();
    }
  }

  /** Sends one more event of the first lead. */
  touch(): void {
    const [leadId = ''] = this.#leadIds;
    const content = { type: 'LeadActivityRecorded', data: { activity: 'email_opened' } };
    void this.#sales?.put([buildEntry(content, leadId, 'touch', iso(start))]);
  }

  /** Puts a message into the queue of score-leads, past the bus and its rules. */
  #putByHand({ scheduler, queues, log }: World, content: Sent['content']): void {
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    scheduler.offer(
      () => 'somebody puts a message into the queue of score-leads',
      () => {
        log.arrive(body, this.fateOf, scheduler.now);
        queues.get('score-leads')?.send(body);
      },
    );
  }

  /**
   * Makes sales answer a requested hand-off, usually once, seldom twice, dated now or an hour after its cause.
   */
  answer({ plan, scheduler }: World, { detail: { data, metadata } }: DeliveredEvent): void {
    const { leadId, handoffId } = data as { leadId: string; handoffId: string };
    if (this.#answered.has(handoffId) || !this.#random.chance(plan.answering)) return;
    if (this.#random.chance(0.9)) this.#answered.add(handoffId);
    const type = this.#random.pick(['HandoffAccepted', 'HandoffRejected']);
    const named = { type, data: { handoffId, actor: secretOf(leadId), reason: secretOf(leadId) } };
    const content = varyContent(named, plan.variety / 2, this.#varying, secretOf(leadId));
    const soon = Math.min(scheduler.now, Date.parse(metadata.occurredAt) + hourMs);
    const longest = this.#random.pick(plan.spanMs > 0 ? longestTimedAnswersMs : longestAnswersMs);
    const isLastMoment = plan.spanMs > 0 && this.#random.chance(0.25);
    const delay = isLastMoment
      ? Math.max(0, nextWakeUp(Date.parse(String(data.dueAt))) + this.#random.between(0, 200) - scheduler.now)
      : this.#random.between(0, longest);
    const now = scheduler.now + (plan.spanMs > 0 ? delay : 0);
    const at = this.#random.pick([soon, soon, now]);
    const entry = buildEntry(content, leadId, `verdict-${++this.#verdicts}`, iso(at));
    scheduler.after(delay, () => void this.#sales?.put([entry]));
  }
}

/** Whether the bus accepts an event and a rule lets it through: it has a source and a known type. */
const isOfBus = ({ source, 'detail-type': type }: LoadEntry): boolean =>
  source !== '' && type !== 'LeadStageChange';

import type { HttpAnswer, HttpRequest, HttpSender } from '../../../shared/deliveries/index.ts';
import type { Faults } from '../faults/faults.ts';
import type { Actor } from '../scheduler/actor.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

/** A delivery as a target has received it. */
export interface ReceivedDelivery {
  readonly url: string;
  /** The header `webhook-id`: the id of the announcement. */
  readonly id: string;
  readonly body: string;
  /** Whether the target has taken it, whatever the sender got to know of that. */
  readonly taken: boolean;
}

export interface TargetsProps {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
}

/** The targets of deliveries. They take what they get, unless a fault strikes. */
export class Targets {
  readonly #props: TargetsProps;
  readonly received: ReceivedDelivery[] = [];

  constructor(props: TargetsProps) {
    this.#props = props;
  }

  /** Creates the sender of one worker. A request that is under way when its worker dies is never carried out later. */
  sender(actor: Actor): HttpSender {
    const { scheduler } = this.#props;
    return {
      send: async (request) => {
        await scheduler.sleep(actor, 1);
        return this.#answer(request, actor);
      },
      close: () => {},
    };
  }

  #answer({ url, headers, body }: HttpRequest, actor: Actor): HttpAnswer {
    const { faults } = this.#props;
    const taken = !faults.strikes('refusedDelivery');
    this.received.push({ url, id: headers['webhook-id'] ?? '', body, taken });
    if (!taken) {
      actor.strikes++;
      const status = faults.random.pick([500, 503, 429, 302]);
      return { kind: 'answered', status, headers: {}, body: '' };
    }
    if (!faults.strikes('lostDelivery')) return { kind: 'answered', status: 200, headers: {}, body: '' };
    actor.strikes++;
    return { kind: 'unanswered', reason: 'the answer is lost' };
  }
}

import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { putEntries } from '../../shared/bus/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { ApiClient } from './api/api-client.ts';
import { stepFailed } from './errors.ts';
import { type Announcement, type Inbox, openInbox } from './inbox.ts';
import { pause } from './interruption.ts';
import type { ScenarioEvent } from './lead-events.ts';
import { isFollowed, type LeadView, viewLead } from './lead-view.ts';
import type { Target } from './target.ts';
import { until } from './until.ts';

/** The instant of the first event, in milliseconds since 1970; each event is a minute later than the one before it. */
const startAt = Date.parse('2026-03-02T09:00:00.000Z');
const minuteMs = 60_000;

/** One run of the scenario at a target. */
export class Session {
  readonly target: Target;
  readonly run: string;
  readonly api: ApiClient;
  #inbox: Inbox | undefined;
  readonly #received = new Map<string, Announcement>();
  readonly #entriesOf = new Map<string, number>();
  #sent: PutEventsRequestEntry[] = [];
  #count = 0;

  /** @param run the prefix of all ids, so that runs in one account don't meet */
  constructor(target: Target, run: string) {
    this.target = target;
    this.run = run;
    this.api = new ApiClient(target.api);
  }

  leadId(lead: string): string {
    return `${this.run}-${lead}`;
  }

  /** All valid events that were sent so far. */
  get sent(): readonly PutEventsRequestEntry[] {
    return this.#sent;
  }

  /** The leads that have entries, by their names in the scenario. */
  get leads(): readonly string[] {
    return [...this.#entriesOf.keys()];
  }

  entriesOf(lead: string): number {
    return this.#entriesOf.get(lead) ?? 0;
  }

  /** Notes how many entries a lead has by now: time and a rescoring make some that nobody has sent. */
  noteEntries(lead: string, count: number): void {
    this.#entriesOf.set(lead, count);
  }

  async subscribe(): Promise<void> {
    const made = Date.now().toString(36);
    this.#inbox = await openInbox(this.target, `sluice-e2e-${this.run}-${made}`);
  }

  async unsubscribe(): Promise<void> {
    const inbox = this.#inbox;
    this.#inbox = undefined;
    await inbox?.close();
  }

  /** Puts events on the bus. @throws EndToEndError `STEP_FAILED` if it refuses any of them */
  async put(entries: readonly PutEventsRequestEntry[]): Promise<void> {
    const { bus: client } = this.target.clients;
    const failed = await putEntries({ client, pause: (n) => wait(fullJitter(n)) }, entries);
    if (failed.length > 0) throw stepFailed(`the bus refused ${failed.length} of ${entries.length} events`);
  }

  /** Sends new events, each of which makes an entry. */
  async send(events: readonly ScenarioEvent[]): Promise<void> {
    const entries = events.map((one) => this.nextBusEvent(one));
    this.#sent.push(...entries);
    // A merge is an entry in the ledgers of both leads.
    for (const lead of events.flatMap((one) => [one.lead, one.mergedLead ?? []].flat())) {
      this.#entriesOf.set(lead, this.entriesOf(lead) + 1);
    }
    await this.put(entries);
  }

  /** Returns the next event of the scenario, as an entry of PutEvents. */
  nextBusEvent({ source, type, lead, data, mergedLead }: ScenarioEvent): PutEventsRequestEntry {
    const number = this.#count++;
    const occurredAt = new Date(startAt + number * minuteMs).toISOString();
    const metadata = { eventId: `${this.run}-${number}`, occurredAt, schemaVersion: 1 };
    const leadId = this.leadId(lead);
    const merged = mergedLead !== undefined && { mergedLeadId: this.leadId(mergedLead) };
    return {
      EventBusName: this.target.output('BusName'),
      Source: source,
      DetailType: type,
      Detail: JSON.stringify({ metadata, data: { leadId, ...data, ...merged } }),
    };
  }

  view(lead: string): Promise<LeadView> {
    return viewLead(this.target, this.leadId(lead));
  }

  /** Waits until all that was sent is in the ledgers, and nurture and hand-offs have followed. */
  async untilWorkedOff(leads: readonly string[] = this.leads): Promise<void> {
    await Promise.all(leads.map((lead) => this.#untilLeadWorkedOff(lead)));
  }

  /** Waits until nurture and hand-offs have followed all that is in the ledger of a lead. */
  async untilFollowed(leadId: string): Promise<void> {
    await until(`the lead ${leadId}, followed up`, this.target.pace, async () => {
      const view = await viewLead(this.target, leadId);
      return isFollowed(view)
        ? { found: view }
        : { instead: `followed up to ${view.followed.join(' and ')}` };
    });
  }

  #untilLeadWorkedOff(lead: string): Promise<LeadView> {
    const wanted = this.entriesOf(lead);
    return until(`${wanted} entries of the lead ${lead}, followed up`, this.target.pace, async () => {
      const view = await this.view(lead);
      const { entries, followed } = view;
      if (entries.length === wanted && isFollowed(view)) return { found: view };
      return { instead: `${entries.length} entries, followed up to ${followed.join(' and ')}` };
    });
  }

  /**
   * Collects announcements until none of the expected ones is missing, and no more arrive.
   *
   * @param wanted the number of further announcements that are expected; left out, it is unknown
   * @returns those that are new since the last time
   */
  async collect(wanted?: number): Promise<readonly Announcement[]> {
    const before = new Set(this.#received.keys());
    const { patienceMs, quietMs } = this.target.pace;
    const deadline = Date.now() + patienceMs;
    let quietSince = Date.now();
    for (;;) {
      if ((await this.#inbox?.take()) !== 0) quietSince = Date.now();
      for (const each of this.#inbox?.announcements() ?? []) {
        if (this.#isOurs(each)) this.#received.set(each.id, each);
      }
      const fresh = [...this.#received.values()].filter(({ id }) => !before.has(id));
      const isQuiet = Date.now() - quietSince >= quietMs;
      const late = Date.now() > deadline;
      if (late || (isQuiet && fresh.length >= (wanted ?? 0))) return fresh;
      await pause(this.target.pace.intervalMs);
    }
  }

  /** Receives all announcements since the run subscribed, also those of leads of others. */
  async receiveAll(): Promise<readonly Announcement[]> {
    await this.#inbox?.take();
    return this.#inbox?.announcements() ?? [];
  }

  /** Waits for an announcement, also of a lead of others. @throws EndToEndError `STEP_FAILED` */
  waitForAnnouncement(
    what: string,
    isSought: (announcement: Announcement) => boolean,
  ): Promise<Announcement> {
    return until(what, this.target.pace, async () => {
      const received = await this.receiveAll();
      const found = received.find(isSought);
      return found ? { found } : { instead: `${received.length} announcements, none of which is it` };
    });
  }

  /** Whether an announcement is of this run. Others may use the bus too, and the app's own canary does. */
  #isOurs({ type, data: { leadId } }: Announcement): boolean {
    return typeof leadId === 'string' ? leadId.startsWith(this.leadId('')) : type === 'ScoringModelActivated';
  }

  get announcements(): readonly Announcement[] {
    return [...this.#received.values()];
  }
}

import { type Tier, tiers } from '../../../../events/index.ts';
import type { Facts } from '../../../../shared/scoring/index.ts';
import { type Answer, call } from '../../../api/call.ts';
import { restoreFacts } from '../../../api/restore-facts.ts';
import { readServerClock } from '../../../api/server-clock.ts';
import { serverNow } from '../../../parts/clock.ts';
import { takeInTurn } from './take-in-turn.ts';

/** A lead that is judged by two models. */
export interface ComparedLead {
  readonly leadId: string;
  readonly name?: string | undefined;
  readonly company?: string | undefined;
  /** The tier by the model before, which hysteresis preserves. */
  readonly previousTier: Tier;
  readonly facts: Facts;
}

/** The leads that are compared. */
export interface ComparedLeads {
  readonly leads: readonly ComparedLead[];
  /** Whether these are all leads. */
  readonly areAll: boolean;
  /** The instant as of which they are judged, in milliseconds since 1970. */
  readonly at: number;
}

/** The most leads that are compared: their facts are some hundred kilobytes. */
const mostCompared = 500;

const pageSize = 100;

/** The most pages of each tier that are read: a page may hold few leads, or none, and still not be the last. */
const mostPages = 10;

type Listed = Answer<'listLeads'>['leads'][number];

const toCompared = ({ leadId, name, company, tier, overridden, facts, asOf }: Listed): ComparedLead[] =>
  facts === undefined
    ? []
    : [
        {
          leadId,
          name,
          company,
          previousTier: overridden?.tier ?? tier,
          facts: restoreFacts(facts, asOf),
        },
      ];

interface Source {
  readonly tier: Tier;
  /** Undefined before the first page, null after the last one. */
  cursor: string | null | undefined;
  readonly listed: Listed[];
}

const readPage = async (source: Source, signal: AbortSignal): Promise<void> => {
  const { tier, cursor } = source;
  const answer = await call('listLeads', {
    query: { tier, include: 'facts', limit: `${pageSize}`, ...(cursor != null && { cursor }) },
    signal,
  });
  source.cursor = answer.cursor;
  source.listed.push(...answer.leads);
};

/**
 * Loads leads with what is known of them: pages of each tier in turn, so that every tier is among them. The index has no
 * order within a tier, so that these are a sample and not the latest.
 */
export const loadComparedLeads = async (signal: AbortSignal): Promise<ComparedLeads> => {
  const sources = tiers.map((tier): Source => ({ tier, cursor: undefined, listed: [] }));
  const listOpen = (): Source[] => sources.filter(({ cursor }) => cursor !== null);
  const count = (): number => sources.reduce((sum, { listed }) => sum + listed.length, 0);
  for (let pages = 0; pages < mostPages && count() < mostCompared; pages += 1) {
    for (const source of listOpen()) await readPage(source, signal);
  }
  await readServerClock(signal);
  const lists = sources.map(({ listed }) => listed);
  const areAll = listOpen().length === 0 && count() <= mostCompared;
  return { leads: takeInTurn(lists, mostCompared).flatMap(toCompared), areAll, at: serverNow.peek() };
};

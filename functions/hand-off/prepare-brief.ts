import { type Action, stages, tiers } from '../../events/index.ts';
import {
  getItems,
  type Item,
  json,
  number,
  readOneOf,
  type TableProps,
  unpacked,
} from '../../shared/dynamodb/index.ts';
import type { HandoffStanding } from '../../shared/follow-ups/index.ts';
import { stateKey } from '../../shared/keys/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { DocumentReader } from '../../shared/model-store/index.ts';
import type { JudgedBrief } from './judge-brief.ts';

/** The hand-off that a brief is for. */
interface BriefRequest {
  readonly leadId: string;
  readonly queue: string;
  /** The model by which the hand-off is asked for. */
  readonly modelVersion: string;
}

/** A brief, and the standing of the lead at the same instant. */
interface Prepared extends JudgedBrief {
  readonly standing: HandoffStanding;
}

/** Prepares the brief of a hand-off; undefined if the lead no longer calls for the hand-off. */
export type PrepareBrief = (request: BriefRequest) => Promise<Prepared | undefined>;

type Lead = Pick<LeadState, 'facts'> & HandoffStanding;
type Judge = (lead: Lead) => JudgedBrief;

/** The attributes of a lead's state that a brief is made of, beside the keys. */
const read = ['facts', 'tier', 'stage', 'score', 'action'];

/**
 * Parses a lead that still calls for a hand-off to a queue; undefined for any other. A lead that was merged or erased
 * has no action.
 */
const parseCalling = (item: Item, queue: string): Lead | undefined => {
  if (item.action === undefined) return undefined;
  const action = json<Action>(item, 'action');
  if (action.kind !== 'handoff' || action.queue !== queue) return undefined;
  return {
    facts: unpacked(item, 'facts'),
    stage: readOneOf(item, 'stage', stages),
    tier: readOneOf(item, 'tier', tiers),
    score: number(item, 'score'),
  };
};

/** Loads what judges leads when the first hand-off asks for it: most messages don't, and it would make each start longer. */
const loadWhenAsked = () => import('./judge-brief.ts');

/**
 * Returns a function that prepares briefs, from the state of a lead as it is stored now. A stored model never changes, so
 * each is compiled once.
 *
 * @param load loads the module that judges leads
 */
export const createPrepareBrief = (
  table: TableProps,
  readDocument: DocumentReader,
  load: typeof loadWhenAsked = loadWhenAsked,
): PrepareBrief => {
  const judges = new Map<string, Promise<Judge>>();
  const loadJudge = async (version: string): Promise<Judge> => {
    const { createJudgeBrief } = await load();
    return createJudgeBrief(await readDocument(version));
  };
  const findJudge = (version: string): Promise<Judge> => {
    const found = judges.get(version) ?? loadJudge(version);
    judges.set(version, found);
    found.catch(() => judges.delete(version));
    return found;
  };
  return async ({ leadId, queue, modelVersion }) => {
    const [item] = await getItems(table, [stateKey(leadId)], read);
    const lead = item && parseCalling(item, queue);
    if (lead === undefined) return undefined;
    const { stage, tier, score } = lead;
    return { ...(await findJudge(modelVersion))(lead), standing: { stage, tier, score } };
  };
};

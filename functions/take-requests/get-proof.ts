import { apiLimits, type Routes } from '../../events/api/index.ts';
import { findLastRun, findLeadAnchor } from '../../shared/anchors/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import { base64, type Item } from '../../shared/dynamodb/index.ts';
import {
  createDynamoDbLedger,
  createErasures,
  type Finding,
  inspectChain,
  readLead,
} from '../../shared/ledger/index.ts';
import type { RequestDeps } from './deps.ts';
import { leadNotFound } from './find-lead.ts';

const tooLong = (): ApiProblem =>
  new ApiProblem('too-much-to-read', 'the ledger of the lead is too long to be verified in one answer', [
    {
      path: 'entries',
      given: `more than ${apiLimits.proofEntries}`,
      allowed: `at most ${apiLimits.proofEntries}; the command \`sluice audit verify\` has no such limit`,
    },
  ]);

const lostState: Finding = {
  code: 'state-differs',
  sentence: 'the ledger has entries, but there is no state',
};

/** Returns a problem without the sort key, which callers don't know. */
const present = ({ sk: _sk, ...finding }: Finding) => finding;

const headOf = (state: Item | undefined): string | null =>
  state?.head?.B?.length === 32 ? base64(state, 'head') : null;

/** Finds the last anchor of a lead; undefined if nothing was anchored yet. */
const findAnchor = async ({ anchors, now }: Pick<RequestDeps, 'anchors' | 'now'>, leadId: string) => {
  const run = await findLastRun(anchors, now());
  return run === undefined ? undefined : { at: run.at, ...(await findLeadAnchor(anchors, run, leadId)) };
};

/**
 * Verifies the ledger of a lead: its hash chain up to the head that the state has, and its end at the last anchor. Also
 * that of a lead that was merged or erased, whose entries stay. It judges nothing anew: `sluice audit verify` does.
 */
export const getProof = (deps: RequestDeps) => {
  const { client, leadsTable: table, now } = deps;
  const erasures = createErasures(createDynamoDbLedger({ client, table }));
  return async ({ path: { id: leadId } }: ApiRequest<Routes['getProof']>): Promise<ApiAnswer> => {
    // The anchor is read first: whatever is recorded meanwhile lies behind it.
    const found = await findAnchor(deps, leadId);
    const ledger = await readLead(client, table, leadId, apiLimits.proofEntries);
    const { state, entries } = ledger;
    const anchored = found?.anchor === undefined ? [] : [found.anchor];
    if (state === undefined && entries.length === 0 && anchored.length === 0)
      throw leadNotFound('path.id', leadId);
    if (entries.length > apiLimits.proofEntries) throw tooLong();
    const problems = [
      ...(found?.findings ?? []),
      ...(await inspectChain({ erasures }, ledger, anchored)),
      ...(state === undefined ? [lostState] : []),
    ];
    return {
      body: {
        leadId,
        result: problems.length === 0 ? 'verified' : 'broken',
        asOf: new Date(now()).toISOString(),
        entries: entries.length,
        head: headOf(state),
        problems: problems.map(present),
        anchor:
          found === undefined
            ? null
            : {
                at: new Date(found.at).toISOString(),
                covers: found.anchor?.version ?? null,
                isRead: found.isRead,
              },
      },
    };
  };
};

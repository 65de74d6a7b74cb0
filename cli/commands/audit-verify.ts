import type { Command } from 'commander';
import { type Anchor, anchorDigest, createAuditor } from '../../shared/ledger/index.ts';
import { type AnchorIndex, createAnchorIndex } from '../audit/anchor-index.ts';
import { openAnchorObjects } from '../audit/anchor-objects.ts';
import { formatFinding } from '../audit/format-finding.ts';
import { itemCount } from '../audit/item-count.ts';
import { readAnchors } from '../audit/read-anchors.ts';
import { type LeadFinding, type Verified, verifyTable } from '../audit/verify-table.ts';
import { CliError } from '../errors.ts';
import { print, printJson } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface VerifyOptions extends ConnectOptions {
  readonly anchors: boolean;
  readonly segments: number;
  readonly json?: true;
}

interface Run {
  readonly connection: Connection;
  readonly options: VerifyOptions;
  readonly onFinding: (finding: LeadFinding) => void;
}

/** Passes all anchors to `take`, unless the options exclude them, and returns the number of runs that wrote them. */
const takeAnchors = async (
  { connection, options, onFinding }: Run,
  take: (anchors: readonly Anchor[]) => void,
): Promise<number> => {
  const objects = options.anchors ? await openAnchorObjects(connection) : undefined;
  if (objects === undefined) return 0;
  const { runs, findings } = await readAnchors(objects, take);
  for (const finding of findings) onFinding(finding);
  return runs;
};

const verifyOne = async (run: Run, leadId: string): Promise<Verified & { readonly runs: number }> => {
  const digest = anchorDigest(leadId);
  const anchors = new Map<string, Anchor>();
  const runs = await takeAnchors(run, (read) => {
    for (const anchor of read) {
      if (anchor.lead === digest) anchors.set(`${anchor.version} ${anchor.head}`, anchor);
    }
  });
  const { dynamodb: client, leadsTable: table } = run.connection;
  const { ledger, findings } = await createAuditor({ client, table }).audit(leadId, [...anchors.values()]);
  if (ledger.state === undefined && ledger.entries.length === 0 && anchors.size === 0)
    throw new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
  for (const finding of findings) run.onFinding({ leadId, ...finding });
  return { runs, leads: 1, entries: ledger.entries.length };
};

const verifyWith = async (run: Run, anchors: AnchorIndex): Promise<Verified & { readonly runs: number }> => {
  const { connection, options, onFinding } = run;
  const { dynamodb: client, leadsTable: table } = connection;
  const runs = await takeAnchors(run, anchors.add);
  const bar = progressBar('Verifying', await itemCount(client, table));
  try {
    const props = { client, table, segments: options.segments, anchors, onFinding, onItems: bar.update };
    return { runs, ...(await verifyTable(props)) };
  } finally {
    bar.stop();
  }
};

const verifyAll = async (run: Run): Promise<Verified & { readonly runs: number }> => {
  const anchors = createAnchorIndex();
  try {
    return await verifyWith(run, anchors);
  } finally {
    anchors.close();
  }
};

const formatRuns = (runs: number): string =>
  runs === 0
    ? 'There are no anchors to check them against.'
    : `Checked against the anchors of ${formatCount(runs, 'run')}.`;

const formatSummary = ({ leads, entries, runs }: Verified & { runs: number }, findings: number): string =>
  `${formatCount(leads, 'lead')} with ${formatCount(entries, 'entry', 'entries')}: ${formatCount(findings, 'finding')}. ${formatRuns(runs)}`;

const verify = async (leadId: string | undefined, options: VerifyOptions): Promise<void> => {
  let findings = 0;
  const onFinding = (finding: LeadFinding): void => {
    findings++;
    if (options.json) printJson(finding);
    else print(formatFinding(finding));
  };
  const verified = await withConnection(options, (connection) => {
    const run = { connection, options, onFinding };
    return leadId === undefined ? verifyAll(run) : verifyOne(run, leadId);
  });
  const { leads, entries, runs } = verified;
  if (options.json) printJson({ leads, entries, findings, anchorRuns: runs });
  else print(formatSummary(verified, findings));
  if (findings > 0)
    throw new CliError(
      'NOT_VERIFIED',
      `${formatCount(findings, 'finding')}; docs/audit.md explains ${findings === 1 ? 'it' : 'each of them'}`,
    );
};

export const addAuditVerify = (audit: Command): void => {
  withConnectionOptions(
    audit
      .command('verify')
      .description('verify the hash chains of ledgers, and check ledgers against their states and anchors')
      .argument('[lead-id]', 'only this lead')
      .option('--no-anchors', "don't read the anchors")
      .option(
        '--segments <number>',
        'how many segments of the table to read at once',
        wholeNumber(1, 1_000),
        4,
      )
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(verify);
};

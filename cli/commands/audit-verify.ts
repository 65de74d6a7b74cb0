import { type Command, Option } from 'commander';
import { type Anchor, anchorDigest, createAuditor } from '../../shared/ledger/index.ts';
import { type AnchorIndex, createAnchorIndex } from '../audit/anchor-index.ts';
import { openAnchorObjects } from '../audit/anchor-objects.ts';
import { checkExpected } from '../audit/check-expected.ts';
import { formatFinding } from '../audit/format-finding.ts';
import { itemCount } from '../audit/item-count.ts';
import { type AnchorsRead, readAnchors } from '../audit/read-anchors.ts';
import { formatSummary, summarize, type Verification } from '../audit/verification.ts';
import { type LeadFinding, verifyTable } from '../audit/verify-table.ts';
import { CliError } from '../errors.ts';
import { print, printJson } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface VerifyOptions extends ConnectOptions {
  readonly anchors: boolean;
  readonly expectAnchors?: true;
  readonly segments: number;
  readonly json?: true;
}

interface Run {
  readonly connection: Connection;
  readonly options: VerifyOptions;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onFinding: (finding: LeadFinding) => void;
}

/** Passes all anchors to `take`. @returns undefined if the options exclude them */
const takeAnchors = async (
  { connection, options, now, onFinding }: Run,
  take: (anchors: readonly Anchor[]) => void,
): Promise<AnchorsRead | undefined> => {
  if (!options.anchors) return undefined;
  const objects = await openAnchorObjects(connection);
  if (objects === undefined) return { runs: [], findings: [] };
  const read = await readAnchors(objects, take, now);
  for (const finding of read.findings) onFinding(finding);
  return read;
};

const verifyOne = async (run: Run, leadId: string): Promise<Verification> => {
  const digest = anchorDigest(leadId);
  const own = new Map<string, Anchor>();
  const anchors = await takeAnchors(run, (read) => {
    for (const anchor of read) {
      if (anchor.lead === digest) own.set(`${anchor.version} ${anchor.head}`, anchor);
    }
  });
  const { dynamodb: client, leadsTable: table } = run.connection;
  const { ledger, findings } = await createAuditor({ client, table }).audit(leadId, [...own.values()]);
  if (ledger.state === undefined && ledger.entries.length === 0 && own.size === 0)
    throw new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
  for (const finding of findings) run.onFinding({ leadId, ...finding });
  return { leads: 1, entries: ledger.entries.length, anchored: own.size > 0 ? 1 : 0, anchors };
};

const verifyWith = async (run: Run, index: AnchorIndex): Promise<Verification> => {
  const { connection, options, onFinding } = run;
  const { dynamodb: client, leadsTable: table } = connection;
  const anchors = await takeAnchors(run, index.add);
  const bar = progressBar('Verifying', await itemCount(client, table));
  try {
    const props = {
      client,
      table,
      segments: options.segments,
      anchors: index,
      onFinding,
      onItems: bar.update,
    };
    return { anchors, ...(await verifyTable(props)) };
  } finally {
    bar.stop();
  }
};

const verifyAll = async (run: Run): Promise<Verification> => {
  const index = createAnchorIndex();
  try {
    return await verifyWith(run, index);
  } finally {
    index.close();
  }
};

const verify = async (leadId: string | undefined, options: VerifyOptions): Promise<void> => {
  let findings = 0;
  const onFinding = (finding: LeadFinding): void => {
    findings++;
    if (options.json) printJson(finding);
    else print(formatFinding(finding));
  };
  const { verification, now } = await withConnection(options, async (connection) => {
    const now = connection.now();
    const run = { connection, options, now, onFinding };
    return { verification: await (leadId === undefined ? verifyAll(run) : verifyOne(run, leadId)), now };
  });
  if (options.expectAnchors) for (const finding of checkExpected(verification, now)) onFinding(finding);
  const summary = summarize(verification, findings, now);
  if (options.json) printJson(summary);
  else print(formatSummary(summary));
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
      .addOption(
        new Option(
          '--expect-anchors',
          'fail if there are no anchors of the last 26 hours, or none of the leads that are verified',
        ).conflicts('anchors'),
      )
      .option(
        '--segments <number>',
        'how many segments of the table to read at once',
        wholeNumber(1, 1_000),
        4,
      )
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(verify);
};

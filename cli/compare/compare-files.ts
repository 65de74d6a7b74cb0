import { mergeTallies, type Pair } from '../../shared/comparison/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { createTopList } from '../../shared/top-list/index.ts';
import { CliError } from '../errors.ts';
import { type Partitions, partitionEntries } from '../histories/partition-entries.ts';
import { createRejectedEntries, type RejectedEntries } from '../histories/rejected-entries.ts';
import { runOnPartitions } from '../histories/run-on-partitions.ts';
import type { ComparedPartition, PartitionProps } from './compare-partition.ts';
import { addLeftOut, type ComparedPart, noneLeftOut } from './comparison.ts';
import type { CsvFile } from './csv-file.ts';
import { compareMoves } from './move.ts';

export interface CompareFilesProps {
  readonly models: Pair<ScoringModel>;
  /** Files of events; `-` is standard input. */
  readonly files: readonly string[];
  /** Milliseconds since 1970. @default the instant of the last event */
  readonly at?: number | undefined;
  /** The clock, in milliseconds since 1970; an event that is far ahead of it is rejected. */
  readonly now: number;
  readonly mostMoves: number;
  /** Takes all leads that move. */
  readonly csv?: CsvFile | undefined;
  /** @default the number of cores, at most 8 */
  readonly threads?: number | undefined;
}

export interface ComparedFiles extends ComparedPart {
  readonly at: number;
  readonly rejected: RejectedEntries;
}

const comparePartitions = async (
  partitions: Partitions,
  { models, mostMoves, csv, threads }: CompareFilesProps,
  at: number,
): Promise<ComparedPart> => {
  const props: PartitionProps = {
    documents: { a: models.a.document, b: models.b.document },
    at,
    mostMoves,
    csv: csv !== undefined,
  };
  const module = new URL('./compare-partition.ts', import.meta.url);
  const moves = createTopList(mostMoves, compareMoves);
  let tally: ComparedPart['tally'] | undefined;
  let leftOut = noneLeftOut;
  for await (const part of runOnPartitions<PartitionProps, ComparedPartition>(module, partitions, props, {
    threads,
  })) {
    tally = tally === undefined ? part.tally : mergeTallies(tally, part.tally);
    leftOut = addLeftOut(leftOut, part.leftOut);
    for (const move of part.moves) moves.add(move);
    await csv?.add(part.csv);
  }
  if (tally === undefined) throw new Error('there is no partition');
  return { tally, moves: moves.list(), leftOut };
};

/**
 * Compares two models on the leads of files of events, in threads. Memory is bounded by the partitions of the files, not
 * by their size.
 *
 * @throws CliError `NO_LEADS` if the files have no lead to compare as of that instant
 */
export const compareFiles = async (props: CompareFilesProps): Promise<ComparedFiles> => {
  const { files, now, threads } = props;
  const rejections = createRejectedEntries(files);
  const partitions = await partitionEntries(files, { now, threads, onRejected: rejections.add });
  try {
    const { lastAt } = partitions;
    const rejected = rejections.result();
    if (lastAt === undefined) {
      const { received } = partitions.counts;
      throw new CliError(
        'NO_LEADS',
        `the files have no event to compare models on: ${received} entries, ${rejected.count} of them rejected`,
      );
    }
    const at = props.at ?? lastAt;
    return { ...(await comparePartitions(partitions, props, at)), at, rejected };
  } finally {
    partitions.remove();
  }
};

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { sluiceSource } from '../../events/index.ts';
import type { DeliveredEvent } from '../../infra/local/put-events.ts';
import { CliError } from '../errors.ts';
import { formatJson } from '../output/printable.ts';

/** The announcements of Sluice: counted by type, and written to a file if one is given. */
export interface Announcements {
  readonly take: (event: DeliveredEvent) => void;
  readonly of: (type: string) => number;
  readonly total: () => number;
  readonly finish: () => Promise<void>;
}

const openFile = async (file: string): Promise<WriteStream> => {
  const stream = createWriteStream(file);
  await once(stream, 'open');
  return stream;
};

export const collectAnnouncements = async (file: string | undefined): Promise<Announcements> => {
  const byType = new Map<string, number>();
  const stream = file === undefined ? undefined : await openFile(file);
  // An error without a listener would end the process; `finish` throws it.
  let failure: Error | undefined;
  stream?.on('error', (error) => {
    failure = error;
  });
  return {
    take({ source, 'detail-type': type, time, detail }) {
      if (source !== sluiceSource) return;
      byType.set(type, (byType.get(type) ?? 0) + 1);
      stream?.write(`${formatJson({ source, 'detail-type': type, time, detail })}\n`);
    },
    of: (type) => byType.get(type) ?? 0,
    total: () => [...byType.values()].reduce((sum, count) => sum + count, 0),
    async finish() {
      if (stream === undefined) return;
      stream.end();
      if (failure === undefined) await once(stream, 'finish').catch(() => undefined);
      if (failure !== undefined) {
        throw new CliError('FILE_UNWRITABLE', `${file} can't be written: ${failure.message}`, {
          cause: failure,
        });
      }
    },
  };
};

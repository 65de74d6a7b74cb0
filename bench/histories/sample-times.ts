import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

const sample = new URL('../../cli/sample/events.jsonl', import.meta.url);

/** Writes the events of the sample over and over, each time with other leads. Returns the number of events. */
export const writeSample = (file: string, times: number): number => {
  const lines = readFileSync(sample, 'utf8').trimEnd().split('\n');
  writeFileSync(file, '');
  for (let i = 0; i < times; i++) {
    const ofOthers = lines.map((line) =>
      line.replaceAll(/"(leadId|mergedLeadId)":"([^"]+)"/g, (_, field, id) => `"${field}":"${id}-${i}"`),
    );
    appendFileSync(file, `${ofOthers.join('\n')}\n`);
  }
  return lines.length * times;
};

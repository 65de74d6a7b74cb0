import { describe, expect, it } from 'vitest';
import { buildRecords } from '../../../cli/report/records.ts';
import { titles } from '../../../cli/report/text/section-titles.ts';
import { remarks } from '../../../shared/report/observations.ts';
import { findDocSection, findFences, parseFences, quotedNames, readDocument } from '../../support/docs.ts';
import { did, ended, graded, reportOn, segmented, staged } from './lead-history.ts';

const text = readDocument('report.md');
const names: readonly string[] = Object.values(titles);

describe('docs/report.md', () => {
  it('has every section of the report, in its order', () => {
    const headings = [...findDocSection(text, '## The sections').matchAll(/^### (.+)$/gm)].map(
      ([, name]) => name,
    );
    expect(headings).toEqual(names);
  });

  it('has an example with the sections of today', () => {
    const example = findFences(parseFences(text), 'example').get('');
    expect(example?.body.split('\n').filter((line) => names.includes(line))).toEqual(names);
  });

  it('names every part of the JSON, and every kind of data left out', async () => {
    const report = await reportOn([]);
    const json = quotedNames(findDocSection(text, '## For programs: JSON'));
    expect(Object.keys(report).filter((name) => !json.includes(name))).toEqual([]);
    const leftOut = quotedNames(findDocSection(text, `### ${titles.leftOut}`));
    expect([...remarks, 'otherModels'].filter((name) => !leftOut.includes(name))).toEqual([]);
  });

  it('names every section and measure of the CSV', async () => {
    const csvSection = findDocSection(text, '## For spreadsheets: CSV');
    const history = [
      graded(0, 'good'),
      segmented(0, 'saas'),
      did(1, 'demo_held'),
      ended(2, 'won'),
      staged(3, 'sql'),
    ];
    const records = buildRecords(await reportOn([history]));
    const rows = csvSection.split('\n').filter((line) => line.startsWith('| `'));
    const missing = records.filter(({ section, measure }) => {
      if (remarks.some((remark) => remark === measure)) return false;
      return !rows.some((row) => row.includes(`\`${section}\``) && new RegExp(`\\b${measure}\\b`).test(row));
    });
    expect(missing).toEqual([]);
  });
});

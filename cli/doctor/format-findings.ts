import { formatCount } from '../text/format-count.ts';
import type { Finding } from './finding.ts';

const count = (findings: readonly Finding[], result: Finding['result']): number =>
  findings.filter((finding) => finding.result === result).length;

/** Returns a line for each finding, with the next step below it, and a summary. */
export const formatFindings = (findings: readonly Finding[]): string[] => {
  const widest = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, result, found, todo }) => {
    const head = `${result.padEnd('problem'.length)}  ${check.padEnd(widest)}  `;
    return [`${head}${found}`, ...(todo === undefined ? [] : [`${' '.repeat(head.length)}→ ${todo}`])];
  });
  const unknowns = count(findings, 'unknown');
  const summary = [
    `${count(findings, 'ok')} ok`,
    formatCount(count(findings, 'problem'), 'problem'),
    ...(unknowns > 0 ? [`${unknowns} that could not be looked at`] : []),
  ];
  return [...lines, '', summary.join(', ')];
};

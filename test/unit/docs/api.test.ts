import { describe, expect, it } from 'vitest';
import { apiLimits, operations, problemTypes, routeKeyOf, routeOf } from '../../../events/api/index.ts';
import { findDocSection, readDocument } from '../../support/docs.ts';

const document = readDocument('api.md');

/** Returns the cells of the rows of all tables in a section, without the headings. */
const readRows = (heading: string): string[][] =>
  [...findDocSection(document, heading).matchAll(/^\|---.*\n((?:\|.*\n?)+)/gm)]
    .flatMap(([, rows = '']) => rows.trim().split('\n'))
    .map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1));

describe('docs/api.md', () => {
  it('lists every route with the least role that may use it', () => {
    const routes = operations
      .map(routeOf)
      .map((route) => [`\`${routeKeyOf(route)}\``, `\`${route.role}\``, route.summary]);
    expect(readRows('## Routes')).toEqual(routes);
  });

  it('lists every kind of problem with its status', () => {
    const listed = readRows('## Errors and limits')
      .filter(([status = '', type = '']) => /^\d{3}$/.test(status) && type.startsWith('`'))
      .map(([status, type]) => `${status} ${type}`);
    const all = Object.entries(problemTypes).map(([type, { status }]) => `${status} \`${type}\``);
    expect(listed.toSorted()).toEqual(all.toSorted());
  });

  it('states the limits by which requests are checked', () => {
    const { bodyBytes, eventsBytes, events, depth, pageSize, usualPageSize, funnelDays, reportItems } =
      apiLimits;
    const mb = eventsBytes / 1_024 ** 2;
    expect(readRows('## Errors and limits')).toEqual(
      expect.arrayContaining([
        ['body', `${bodyBytes / 1_024} KB; of events and of a corrected event ${mb} MB`],
        ['events of a request', `${events}`],
        ['nesting of a body', expect.stringMatching(`^${depth} levels;`)],
        ['`limit` of a page', `1 to ${pageSize}, else ${usualPageSize}`],
        ['days of moves', expect.stringMatching(`^${funnelDays};`)],
        ['items of a report', expect.stringMatching(`^${reportItems.toLocaleString('en')},`)],
      ]),
    );
  });
});

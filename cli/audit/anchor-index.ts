import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Anchor, anchorDigest } from '../../shared/ledger/index.ts';

/**
 * All anchors by lead, in a temporary file: they are written in the order of one scan and read in the order of another,
 * and there may be more of them than fit into memory.
 */
export interface AnchorIndex {
  readonly add: (anchors: readonly Anchor[]) => void;
  /** Returns the anchors of a lead and removes them. */
  readonly take: (leadId: string) => readonly Anchor[];
  /** Yields the digests of the leads whose anchors have not been taken. */
  readonly left: () => Iterable<string>;
  readonly close: () => void;
}

const schema = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  CREATE TABLE anchors (lead TEXT, version INTEGER, head TEXT, PRIMARY KEY (lead, version, head)) WITHOUT ROWID;
`;

interface Row {
  readonly lead: string;
  readonly version: number;
  readonly head: string;
}

export const createAnchorIndex = (): AnchorIndex => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-anchors-'));
  const database = new DatabaseSync(join(folder, 'anchors.db'));
  database.exec(schema);
  // The anchor of a lead without new events is the same every day.
  const insert = database.prepare('INSERT OR IGNORE INTO anchors VALUES (?, ?, ?)');
  const select = database.prepare('SELECT lead, version, head FROM anchors WHERE lead = ? ORDER BY version');
  const remove = database.prepare('DELETE FROM anchors WHERE lead = ?');
  const leads = database.prepare('SELECT DISTINCT lead FROM anchors ORDER BY lead');
  return {
    add: (anchors) => {
      database.exec('BEGIN');
      for (const { lead, version, head } of anchors) insert.run(lead, version, head);
      database.exec('COMMIT');
    },
    take: (leadId) => {
      const lead = anchorDigest(leadId);
      const rows = select.all(lead) as unknown as readonly Row[];
      if (rows.length > 0) remove.run(lead);
      return rows.map(({ version, head }) => ({ lead, version, head }));
    },
    *left() {
      for (const row of leads.iterate()) yield String(row.lead);
    },
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Anchor, anchorDigest } from '../../shared/ledger/index.ts';

/**
 * All anchors by lead. They are written in the order of a scan and asked for in that of another, and there may be more
 * than memory holds: they lie in a temporary file.
 */
export interface AnchorBook {
  readonly add: (anchors: readonly Anchor[]) => void;
  /** What was anchored of a lead, once: it is taken out. */
  readonly take: (leadId: string) => readonly Anchor[];
  /** Digests of the leads that nobody took. */
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

export const createAnchorBook = (): AnchorBook => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-anchors-'));
  const database = new DatabaseSync(join(folder, 'anchors.db'));
  database.exec(schema);
  // A lead that stands still is anchored every day alike.
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

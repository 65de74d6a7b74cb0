import { type Finding, runInstantOf } from '../../shared/ledger/index.ts';
import type { AnchorObject, AnchorObjects } from './anchor-objects.ts';

/** The objects of the bucket, read by their oldest versions. */
export interface OldestVersions {
  /** All keys, the oldest run first. */
  readonly keys: readonly string[];
  /** @returns undefined if the object is gone */
  readonly read: (key: string) => Promise<string | undefined>;
  /** Whether an object must be there: from its run until its retention is over. */
  readonly isDue: (key: string) => boolean;
  /** Findings about objects that have more than the one version that Sluice writes. */
  readonly findings: readonly Finding[];
}

const checkShadowed = ({ key, isShadowed }: AnchorObject): Finding[] => {
  const sentence = `${key} was written over; only its oldest version counts, as Sluice writes no other`;
  return isShadowed ? [{ code: 'anchors-shadowed', sentence }] : [];
};

const checkHidden = ({ key, isHidden, oldestVersion }: AnchorObject): Finding[] => {
  const rest =
    oldestVersion === undefined ? 'no version of it is left' : 'the version that it hides was read';
  return isHidden ? [{ code: 'anchors-hidden', sentence: `${key} has a delete marker; ${rest}` }] : [];
};

/**
 * Lists the objects of the bucket.
 *
 * @param now in milliseconds since 1970
 */
export const listOldestVersions = async (bucket: AnchorObjects, now: number): Promise<OldestVersions> => {
  const listed = await bucket.list();
  const objects = new Map(listed.map((object) => [object.key, object]));
  // An object that no run writes has no instant, and its retention is never over.
  const isDue = (key: string): boolean => !(now - runInstantOf(key) >= bucket.retentionMs);
  // The lifecycle of the bucket puts delete markers on what is past its retention.
  const due = listed.filter(({ key }) => isDue(key));
  return {
    keys: [...objects.keys()].sort(),
    read: async (key) => {
      const object = objects.get(key);
      return object && bucket.read(object);
    },
    isDue,
    findings: [...listed.flatMap(checkShadowed), ...due.flatMap(checkHidden)],
  };
};

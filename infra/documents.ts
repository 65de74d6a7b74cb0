import type { Subscription } from '../shared/deliveries/index.ts';
import { readSources } from '../shared/source-documents/index.ts';
import type { SourceDocument } from '../shared/sources/index.ts';
import { readSubscriptions } from '../shared/subscription-documents/index.ts';

/**
 * Reads and checks the sources of a folder. A wrong one stops the synthesis, long before a function would fail with it.
 *
 * @throws InvalidSourcesError
 */
export const checkedSources = (folder: string): readonly SourceDocument[] => readSources(folder);

/**
 * Reads and checks the subscriptions of a folder.
 *
 * @param allowLoopback whether targets may be on this machine
 * @throws InvalidSubscriptionsError
 */
export const checkedSubscriptions = (folder: string, allowLoopback: boolean): readonly Subscription[] =>
  readSubscriptions(folder, { allowLoopback });

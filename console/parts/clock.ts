import { computed, signal } from '@preact/signals';

/** The time by the reader's clock, which ticks every ten seconds. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 10_000);

/** The time by which the clock of Sluice is ahead of the reader's, in milliseconds. */
export const aheadMs = signal(0);

/** The time by the clock of Sluice, by which leads are judged and deadlines pass. It ticks too. */
export const serverNow = computed(() => now.value + aheadMs.value);

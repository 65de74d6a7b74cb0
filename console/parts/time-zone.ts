import { computed, signal } from '@preact/signals';

const settingName = 'sluice.times';

const readSetting = (): boolean => {
  try {
    return localStorage.getItem(settingName) === 'utc';
  } catch {
    return false;
  }
};

/** Whether all times are shown in UTC, as the API has them, and not in the zone of the reader. */
export const isInUtc = signal(readSetting());

/** The zone of all times as `Intl` takes it; undefined for the one of the reader. */
export const timeZone = computed(() => (isInUtc.value ? 'UTC' : undefined));

/** Returns the end of a day in the zone of all times. Both instants are in milliseconds since 1970. */
export const endOfDay = (at: number): number =>
  isInUtc.value ? new Date(at).setUTCHours(24, 0, 0, 0) : new Date(at).setHours(24, 0, 0, 0);

/** Shows all times in UTC or in the zone of the reader, also after the page is opened again. */
export const setInUtc = (isOn: boolean): void => {
  isInUtc.value = isOn;
  try {
    localStorage.setItem(settingName, isOn ? 'utc' : 'local');
  } catch {
    // Without storage it holds until the page is left.
  }
};

import { signal } from '@preact/signals';
import { texts } from '../texts/texts.ts';

const isOffline = signal(!navigator.onLine);
addEventListener('online', () => {
  isOffline.value = false;
});
addEventListener('offline', () => {
  isOffline.value = true;
});

/** Says that the browser is offline. */
export const OfflineNotice = () =>
  isOffline.value ? (
    <p class="notice" role="status">
      {texts.value.parts.offline}
    </p>
  ) : null;

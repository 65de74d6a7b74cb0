import { ApiError } from '../api/api-error.ts';
import { Problem } from './states.tsx';

const notLoaded = new ApiError({ kind: 'offline', status: 0, detail: '', errors: [] });

interface NotLoadedProps {
  /** Loads it again. */
  readonly retry: () => void;
}

/**
 * Says that a part of the console could not be loaded. If the network is there, it is of a deployment that is gone, so
 * that the page is loaded again.
 */
export const NotLoaded = ({ retry }: NotLoadedProps) => (
  <Problem error={notLoaded} retry={() => (navigator.onLine ? location.reload() : retry())} />
);

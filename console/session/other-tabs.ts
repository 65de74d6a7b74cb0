const channel = new BroadcastChannel('sluice-signed-out');

/** Tells the other tabs of the browser that their person has signed out. */
export const tellSignedOut = (): void => channel.postMessage(null);

/** Calls a listener when the person has signed out in another tab. */
export const onSignedOut = (listener: () => void): void => channel.addEventListener('message', listener);

/** What the browser says of the network: false is sure, true may lead nowhere. */
export function isOnline(): boolean {
  return navigator.onLine;
}

export interface NetworkEvents {
  /** There is a network again. */
  onBack: () => void;
  onLost: () => void;
  /** The page is looked at again. */
  onSeen: () => void;
}

/** Tells when the network comes and goes, and when the page is looked at again. Returns what stops it. */
export function watchNetwork({ onBack, onLost, onSeen }: NetworkEvents): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') onSeen();
  };
  addEventListener('online', onBack);
  addEventListener('offline', onLost);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    removeEventListener('online', onBack);
    removeEventListener('offline', onLost);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

/** Shows on the app's icon how many things wait for a person; none: no badge. Does nothing where there are no badges. */
export async function showBadge(count: number): Promise<void> {
  try {
    if (count > 0) await navigator.setAppBadge?.(count);
    else await navigator.clearAppBadge?.();
  } catch {
    // Not installed, or not allowed: the page says the same.
  }
}

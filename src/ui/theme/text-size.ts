/** Size of all text and space of a page; `large` is for eyes, distance and gloves. */
export type TextSize = 'normal' | 'large';

const storageKey = 'lk-text-size';

/** Applies the text size that was chosen on this page before. */
export function restoreTextSize(): TextSize {
  const size = localStorageItem() === 'large' ? 'large' : 'normal';
  applyTextSize(size);
  return size;
}

/** Changes the text size and remembers it. Where the browser keeps nothing, it holds until the page closes. */
export function chooseTextSize(size: TextSize): void {
  applyTextSize(size);
  try {
    localStorage.setItem(storageKey, size);
  } catch {
    // Storage is blocked or full: the choice is a comfort, not data.
  }
}

/** The text size that the page shows now. */
export function currentTextSize(): TextSize {
  return document.documentElement.dataset.textSize === 'large' ? 'large' : 'normal';
}

function applyTextSize(size: TextSize): void {
  document.documentElement.dataset.textSize = size;
}

function localStorageItem(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

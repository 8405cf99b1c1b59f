import { css } from 'lit';

/** A dialog over the page. */
export const dialogStyles = css`
  :host {
    display: contents;
  }
  dialog {
    inline-size: min(32rem, calc(100vw - 2 * var(--lk-space-4)));
    padding: var(--lk-space-5);
    border: var(--lk-line-width) solid var(--lk-line);
    border-radius: var(--lk-radius-l);
    background: var(--lk-surface);
    color: var(--lk-text);
    box-shadow: var(--lk-shadow-3);
  }
  dialog::backdrop {
    background: rgb(10 14 22 / 0.55);
  }
`;

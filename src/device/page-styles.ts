import { css } from 'lit';

/** A page of cards, with links to further pages that are large enough for a finger. */
export const pageStyles = css`
  :host {
    display: grid;
    gap: var(--lk-space-5);
  }
  .more {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--lk-target);
  }
`;

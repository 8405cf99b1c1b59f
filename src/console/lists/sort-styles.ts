import { css } from 'lit';

/** Tables whose headings sort: a button in each, the direction beside the one that is sorted by. */
export const sortStyles = css`
  :host {
    container-type: inline-size;
  }
  .nowrap {
    white-space: nowrap;
  }
  th, td {
    padding-block: var(--lk-space-2);
  }
  td {
    block-size: 3.25rem;
    font-size: var(--lk-text-s);
  }
  th button {
    min-block-size: 2.25rem;
    margin-inline: calc(-1 * var(--lk-space-2));
    padding: 0 var(--lk-space-2);
    border: 0;
    background: none;
    color: inherit;
    font-size: inherit;
    gap: var(--lk-space-1);
  }
  th button:hover {
    color: var(--lk-text);
  }
  .end button {
    flex-direction: row-reverse;
  }
  th[aria-sort] button {
    color: var(--lk-text);
  }
  th[aria-sort='ascending'] lk-icon {
    transform: scaleY(-1);
  }
  th:not([aria-sort]) lk-icon {
    visibility: hidden;
  }
  .who a {
    color: var(--lk-text);
    font-weight: 600;
    text-decoration: none;
  }
  .who a:hover {
    color: var(--lk-accent-text);
    text-decoration: underline;
  }
`;

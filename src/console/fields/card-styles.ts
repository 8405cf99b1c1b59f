import { css } from 'lit';

/** Radio buttons as cards: `<fieldset class="cards">` with a `.card` label for each. */
export const cardStyles = css`
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(var(--lk-card-size, 11rem), 100%), 1fr));
    gap: var(--lk-space-3);
    padding: 0;
    border: 0;
    box-shadow: none;
  }
  .cards legend {
    grid-column: 1 / -1;
    font-size: var(--lk-text-s);
    font-weight: 600;
  }
  .cards .error {
    grid-column: 1 / -1;
  }
  .card {
    display: flex;
    gap: var(--lk-space-3);
    align-items: start;
    padding: var(--lk-space-3) var(--lk-space-4);
    border: var(--lk-line-width) solid var(--lk-line-strong);
    border-radius: var(--lk-radius-m);
    cursor: pointer;
  }
  .card:has(:checked) {
    border-color: var(--lk-accent-text);
    background: var(--lk-accent-soft);
    box-shadow: inset 0 0 0 1px var(--lk-accent-text);
  }
  .card input {
    margin-block-start: 0.125rem;
  }
  .card strong, .card small {
    display: block;
  }
  .card strong {
    font-size: var(--lk-text-s);
  }
  .card small {
    font-size: var(--lk-text-xs);
  }
`;

import { css } from 'lit';

/** What the pages share: their column, lists of facts, panels, quiet lines. */
export const pageStyles = css`
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--lk-space-5);
    align-content: start;
  }
  .narrow {
    max-inline-size: 52rem;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--lk-space-4);
    padding: var(--lk-space-5);
    border: var(--lk-line-width) solid var(--lk-line);
    border-radius: var(--lk-radius-m);
    background: var(--lk-surface);
    box-shadow: var(--lk-shadow-1);
  }
  .panel > h2 {
    font-size: var(--lk-text-l);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
    gap: var(--lk-space-4);
  }
  .facts dt {
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-xs);
    font-weight: 600;
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  @container (max-width: 34rem) {
    .panel {
      padding: var(--lk-space-4);
    }
    .facts {
      grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
    }
  }
  .mono {
    font-family: var(--lk-font-mono);
    font-size: 0.94em;
  }
  .waiting {
    padding-block: var(--lk-space-6);
  }
`;

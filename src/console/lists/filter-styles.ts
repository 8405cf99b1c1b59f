import { css } from 'lit';

/** A list under its filters: `<search class="filters">` with a `.search` field and selects, then `.list`. */
export const filterStyles = css`
  .filters {
    display: grid;
    grid-template-columns: 1fr;
    grid-auto-columns: minmax(9rem, auto);
    grid-auto-flow: column;
    gap: var(--lk-space-3);
  }
  .filters.one {
    grid-template-columns: 1fr minmax(9rem, auto);
  }
  .search {
    position: relative;
  }
  .search lk-icon {
    position: absolute;
    inset-block-start: calc(var(--lk-target) / 2 - 0.625em);
    inset-inline-start: var(--lk-space-3);
    color: var(--lk-text-quiet);
    pointer-events: none;
  }
  .search input {
    padding-inline-start: 2.5rem !important;
  }
  @container (max-width: 42rem) {
    .filters {
      grid-template-columns: 1fr 1fr;
      grid-auto-flow: row;
    }
    .filters.one {
      grid-template-columns: 1fr;
    }
    .search {
      grid-column: 1 / -1;
    }
  }
  .list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--lk-space-3);
  }
`;

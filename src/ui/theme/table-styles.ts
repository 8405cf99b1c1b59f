import { css } from 'lit';

/**
 * A data table in a scrolling frame: `<div class="table-frame" tabindex="0" role="region" aria-label="…"><table>…`. In a
 * narrow container, what a column of class `wide` says moves to a line of class `folded` in another column.
 */
export const tableStyles = css`
  .table-frame {
    overflow-x: auto;
    border: var(--lk-line-width) solid var(--lk-line);
    border-radius: var(--lk-radius-m);
    background: var(--lk-surface);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th, td {
    padding: var(--lk-space-3) var(--lk-space-4);
    text-align: start;
    vertical-align: middle;
  }
  th {
    background: var(--lk-sunken);
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-xs);
    font-weight: 600;
    white-space: nowrap;
  }
  tbody tr {
    border-block-start: var(--lk-line-width) solid var(--lk-line);
  }
  tbody tr:hover {
    background: var(--lk-accent-soft);
  }
  .end {
    text-align: end;
  }
  .folded {
    display: none;
  }
  @container (max-width: 34rem) {
    .wide {
      display: none;
    }
    .folded {
      display: block;
    }
    th, td {
      padding-inline: var(--lk-space-3);
    }
  }
`;

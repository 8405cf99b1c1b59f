import { css } from 'lit';

/** A sheet of paper: always black on white, on the screen as in print, one page of A4 or Letter. */
export const sheetStyles = css`
  :host {
    color-scheme: light;
    color: #111;
  }
  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    max-inline-size: 46rem;
    padding: clamp(1.25rem, 5vw, 2.5rem);
    border: 1px solid #c4c8cf;
    border-radius: var(--lk-radius-m);
    background: #fff;
    font-size: 1rem;
    overflow-wrap: anywhere;
  }
  header {
    display: grid;
    gap: 0.25rem;
    padding-block-end: 1rem;
    border-block-end: 2px solid #111;
  }
  .brand {
    font-weight: 650;
  }
  h2 {
    font-size: 1.5rem;
  }
  h3 {
    font-size: 1rem;
  }
  .secret {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
  }
  .secret > div {
    display: grid;
    gap: 0.5rem;
  }
  .key, .address {
    font-family: var(--lk-font-mono);
    font-weight: 600;
    direction: ltr;
  }
  .key {
    font-size: 1.25rem;
  }
  .address {
    font-size: 1.125rem;
  }
  figure {
    inline-size: 9rem;
  }
  figcaption, small {
    display: block;
    color: #444;
    font-size: 0.8125rem;
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 2rem;
  }
  dt {
    color: #444;
    font-size: 0.8125rem;
  }
  section {
    display: grid;
    gap: 0.5rem;
  }
  ol {
    display: grid;
    gap: 0.5rem;
    padding-inline-start: 1.5rem;
    list-style: decimal;
  }
  footer {
    display: grid;
    gap: 0.25rem;
    padding-block-start: 1rem;
    border-block-start: 1px solid #c4c8cf;
  }
  @media print {
    .sheet {
      max-inline-size: none;
      padding: 0;
      border: 0;
      break-inside: avoid;
    }
  }
`;

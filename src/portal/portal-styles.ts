import { css } from 'lit';

/** Styles of the portal's page; on paper there is the round alone. */
export const portalStyles = css`
  .lead {
    max-inline-size: 38rem;
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-l);
  }
  .intro {
    display: grid;
    gap: var(--lk-space-2);
  }
  .first {
    --lk-drop-size: max(14rem, 40dvh);
  }
  ol.how {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
    gap: var(--lk-space-4);
    counter-reset: step;
  }
  .how li {
    display: flex;
    gap: var(--lk-space-3);
    counter-increment: step;
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-s);
  }
  .how li::before {
    content: counter(step);
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    border-radius: var(--lk-radius-round);
    background: var(--lk-accent-soft);
    color: var(--lk-accent-text);
    font-weight: 650;
  }
  lk-round-print {
    display: none;
  }
  @media print {
    lk-app-frame {
      display: none;
    }
    lk-round-print {
      display: block;
    }
  }
`;

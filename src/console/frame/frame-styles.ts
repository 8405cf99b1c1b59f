import { css } from 'lit';

/** Navigation at the side where there is room, above the page on a phone. */
export const frameStyles = css`
  :host {
    display: grid;
    grid-template-columns: 15rem minmax(0, 1fr);
    min-block-size: 100dvh;
    background: var(--lk-page);
  }
  header {
    position: sticky;
    inset-block-start: 0;
    display: grid;
    grid-template-rows: auto 1fr;
    gap: var(--lk-space-5);
    block-size: 100dvh;
    padding: var(--lk-space-4) var(--lk-space-3);
    border-inline-end: var(--lk-line-width) solid var(--lk-line);
    background: var(--lk-surface);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--lk-space-3);
    min-block-size: var(--lk-target);
    padding-inline: var(--lk-space-2);
    color: var(--lk-text);
    font-size: var(--lk-text-l);
    font-weight: 650;
    letter-spacing: -0.01em;
    text-decoration: none;
  }
  .logo {
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: var(--lk-radius-m);
    background: var(--lk-accent);
    color: var(--lk-on-accent);
    font-size: 1rem;
  }
  .menu {
    display: none;
  }
  #navigation {
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    gap: var(--lk-space-4);
    min-block-size: 0;
    overflow-y: auto;
  }
  nav ul {
    display: grid;
    gap: var(--lk-space-1);
  }
  nav a {
    display: flex;
    align-items: center;
    gap: var(--lk-space-3);
    min-block-size: var(--lk-target);
    padding-inline: var(--lk-space-3);
    border-radius: var(--lk-radius-m);
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-s);
    font-weight: 600;
    text-decoration: none;
  }
  nav a:hover {
    background: var(--lk-sunken);
    color: var(--lk-text);
  }
  nav a[aria-current] {
    background: var(--lk-accent-soft);
    color: var(--lk-accent-text);
  }
  nav a:focus-visible, .account button:focus-visible {
    outline-offset: -3px;
  }
  .account {
    display: grid;
    gap: var(--lk-space-1);
    padding-block-start: var(--lk-space-3);
    border-block-start: var(--lk-line-width) solid var(--lk-line);
  }
  .who {
    overflow: hidden;
    padding-inline: var(--lk-space-3);
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-xs);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .account button {
    justify-content: start;
    padding-inline: var(--lk-space-3);
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-s);
  }
  .engine {
    padding-inline: var(--lk-space-3);
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-xs);
  }
  main {
    min-inline-size: 0;
    padding: var(--lk-space-5) clamp(var(--lk-space-4), 4vw, var(--lk-space-6)) var(--lk-space-6);
  }
  main:focus {
    outline: none;
  }
  .column {
    max-inline-size: 72rem;
    margin-inline: auto;
    container-type: inline-size;
  }
  .skip {
    position: fixed;
    inset-block-start: var(--lk-space-2);
    inset-inline-start: var(--lk-space-2);
    z-index: 6;
  }
  .skip:not(:focus) {
    inline-size: 1px;
    block-size: 1px;
    min-block-size: 0;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media print {
    :host {
      display: block;
      min-block-size: 0;
      background: none;
    }
    header, .skip {
      display: none;
    }
    main {
      padding: 0;
    }
    .column {
      max-inline-size: none;
      container-type: normal;
    }
  }
  @media screen and (max-width: 48rem) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    header {
      z-index: 4;
      grid-template: auto auto / 1fr auto;
      gap: 0;
      block-size: auto;
      padding: var(--lk-space-2) var(--lk-space-3);
      border-inline-end: 0;
      border-block-end: var(--lk-line-width) solid var(--lk-line);
    }
    .menu {
      display: inline-flex;
    }
    #navigation {
      display: none;
      grid-column: 1 / -1;
      padding-block-start: var(--lk-space-3);
    }
    #navigation.open {
      display: flex;
    }
    main {
      padding-block: var(--lk-space-4) var(--lk-space-6);
    }
  }
`;

import { css } from 'lit';

/** What stands over a device: `.head` with a `.title` and `.badges`. */
export const deviceHeadStyles = css`
  :host {
    container-type: inline-size;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--lk-space-2) var(--lk-space-4);
  }
  .title {
    flex: 1 1 14rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: var(--lk-space-2);
  }
`;

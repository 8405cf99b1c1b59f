import { css } from 'lit';

/** Forms of several sections: a legend each, short fields beside each other. */
export const formStyles = css`
  form, .form {
    display: grid;
    gap: var(--lk-space-5);
  }
  fieldset {
    display: grid;
    gap: var(--lk-space-4);
    min-inline-size: 0;
    padding: var(--lk-space-5);
    border: var(--lk-line-width) solid var(--lk-line);
    border-radius: var(--lk-radius-m);
    background: var(--lk-surface);
    box-shadow: var(--lk-shadow-1);
  }
  legend {
    float: inline-start;
    inline-size: 100%;
    padding: 0;
    font-size: var(--lk-text-l);
    font-weight: 650;
  }
  legend + * {
    clear: both;
  }
  @container (max-width: 34rem) {
    fieldset {
      padding: var(--lk-space-4);
    }
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
    gap: var(--lk-space-4) var(--lk-space-5);
    align-items: start;
  }
  .field {
    min-inline-size: 0;
    font-size: var(--lk-text-s);
  }
  .field label {
    justify-self: start;
  }
  .field small, .tick small {
    font-size: var(--lk-text-xs);
  }
  input.mono {
    font-family: var(--lk-font-mono);
  }
  textarea {
    resize: vertical;
  }
  .tick small {
    display: block;
    margin-block-start: calc(-1 * var(--lk-space-1));
    padding-inline-start: calc(1.375rem + var(--lk-space-3));
  }
  .choice {
    gap: var(--lk-space-3);
    font-size: var(--lk-text-s);
    font-weight: 500;
  }
  input[type='checkbox'], input[type='radio'] {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }
  .limit {
    display: grid;
  }
`;

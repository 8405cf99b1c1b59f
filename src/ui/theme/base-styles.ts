import { css } from 'lit';

/** What every element and page starts from: box sizes, text, headings, links, focus. */
const text = css`
  :host {
    display: block;
    color: var(--lk-text);
    font-family: var(--lk-font);
    font-size: var(--lk-text-m);
    line-height: 1.5;
  }
  :host([hidden]), [hidden] {
    display: none !important;
  }
  *, *::before, *::after {
    box-sizing: border-box;
  }
  h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset {
    margin: 0;
    padding: 0;
  }
  ::slotted(:is(p, h1, h2, h3, ul, ol, dl)) {
    margin: 0;
  }
  h1, h2, h3 {
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  h1 {
    font-size: var(--lk-text-xxl);
    letter-spacing: -0.02em;
  }
  h2 {
    font-size: var(--lk-text-xl);
  }
  h3 {
    font-size: var(--lk-text-l);
  }
  p {
    text-wrap: pretty;
  }
  ul, ol {
    list-style: none;
  }
  a {
    color: var(--lk-accent-text);
    text-underline-offset: 0.15em;
  }
  small, .quiet-text {
    color: var(--lk-text-quiet);
    font-size: var(--lk-text-s);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  :focus-visible {
    outline: 3px solid var(--lk-accent-text);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Native buttons: plain, `.primary`, `.quiet` (no frame), `.danger`, `.icon-only`, `.wide`; links as `a.button`. */
const buttons = css`
  button, a.button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--lk-space-2);
    min-block-size: var(--lk-target);
    padding: var(--lk-space-2) var(--lk-space-4);
    border: var(--lk-line-width) solid var(--lk-line-strong);
    border-radius: var(--lk-radius-m);
    background: var(--lk-surface);
    color: var(--lk-text);
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
    transition: background-color var(--lk-motion), border-color var(--lk-motion), box-shadow var(--lk-motion);
  }
  button:hover:enabled, a.button:hover {
    background: var(--lk-sunken);
  }
  button:active, a.button:active {
    box-shadow: inset 0 1px 3px rgb(0 0 0 / 0.18);
  }
  .primary, a.button.primary {
    border-color: transparent;
    background: var(--lk-accent);
    color: var(--lk-on-accent);
  }
  .primary:hover:enabled, a.button.primary:hover {
    background: var(--lk-accent-strong);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--lk-accent-text);
  }
  button.quiet:hover:enabled {
    background: var(--lk-accent-soft);
  }
  button.danger {
    border-color: transparent;
    background: var(--lk-bad);
    color: var(--lk-on-bad);
  }
  button.danger:hover:enabled {
    background: color-mix(in srgb, var(--lk-bad) 86%, var(--lk-text));
  }
  button.icon-only {
    min-inline-size: var(--lk-target);
    padding: var(--lk-space-2);
  }
  button.wide {
    inline-size: 100%;
  }
  button:disabled, button[aria-disabled='true'] {
    border-color: var(--lk-line);
    background: var(--lk-sunken);
    color: var(--lk-text-quiet);
    cursor: default;
    box-shadow: none;
  }
`;

/** Native fields inside a `label.field`: `span` is the name, `small` the hint, `.error` what to mend. */
const fields = css`
  .field {
    display: grid;
    gap: var(--lk-space-1);
    font-weight: 600;
  }
  .field small {
    font-weight: 400;
  }
  .error {
    color: var(--lk-bad);
    font-weight: 500;
  }
  input:not([type='checkbox'], [type='radio'], [type='file']), select, textarea {
    appearance: none;
    inline-size: 100%;
    min-block-size: var(--lk-target);
    padding: var(--lk-space-2) var(--lk-space-3);
    border: var(--lk-line-width) solid var(--lk-line-strong);
    border-radius: var(--lk-radius-m);
    background: var(--lk-surface);
    color: var(--lk-text);
    font: inherit;
    font-weight: 400;
  }
  select {
    padding-inline-end: 2.25rem;
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-position: calc(100% - 1.2rem) 52%, calc(100% - 0.9rem) 52%;
    background-repeat: no-repeat;
    background-size: 0.32rem 0.32rem;
  }
  select:dir(rtl) {
    background-position: 0.9rem 52%, 1.2rem 52%;
  }
  input[aria-invalid='true'], textarea[aria-invalid='true'] {
    border-color: var(--lk-bad);
    box-shadow: 0 0 0 1px var(--lk-bad);
  }
  input::placeholder {
    color: var(--lk-text-quiet);
    opacity: 1;
  }
  input:disabled, select:disabled, textarea:disabled {
    background-color: var(--lk-sunken);
    color: var(--lk-text-quiet);
    opacity: 1;
  }
  input[type='checkbox'], input[type='radio'] {
    inline-size: 1.375rem;
    block-size: 1.375rem;
    margin: 0;
    accent-color: var(--lk-accent);
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--lk-space-3);
    min-block-size: var(--lk-target);
    cursor: pointer;
  }
`;

/** Rows of things: `.row` wraps and aligns, `.stack` goes down, `.spread` pushes its ends apart. */
const arrangement = css`
  .stack {
    display: grid;
    gap: var(--lk-space-4);
    align-content: start;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--lk-space-3);
  }
  .spread {
    justify-content: space-between;
  }
`;

/** Styles for the shadow root of every element: `static override styles = [baseStyles, css\`…\`]`. */
export const baseStyles = [text, buttons, fields, arrangement];

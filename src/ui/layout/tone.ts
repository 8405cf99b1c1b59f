import { css } from 'lit';
import type { IconName } from './icons.ts';

/** What something means to a person: colors and icon follow. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

/** The icon of each tone, so that color is never the only sign. */
export const toneIcons: Readonly<Record<Tone, IconName>> = {
  neutral: 'info',
  accent: 'info',
  ok: 'circle-check',
  warn: 'triangle-alert',
  bad: 'circle-alert',
};

/** Sets `--tone` and `--tone-soft` by the host's `tone` attribute. */
export const toneStyles = css`
  :host {
    --tone: var(--lk-text-quiet);
    --tone-soft: var(--lk-sunken);
  }
  :host([tone='accent']) {
    --tone: var(--lk-accent-text);
    --tone-soft: var(--lk-accent-soft);
  }
  :host([tone='ok']) {
    --tone: var(--lk-ok);
    --tone-soft: var(--lk-ok-soft);
  }
  :host([tone='warn']) {
    --tone: var(--lk-warn);
    --tone-soft: var(--lk-warn-soft);
  }
  :host([tone='bad']) {
    --tone: var(--lk-bad);
    --tone-soft: var(--lk-bad-soft);
  }
`;

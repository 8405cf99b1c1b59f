import { html, type TemplateResult } from 'lit';
import { isOnline } from '../../platform/network.ts';

/**
 * The portal's address as people type it elsewhere. It is a link only where it leads somewhere: off the network, and in a
 * kiosk or full screen, a new window would be a dead end that nobody can close.
 */
export function portalAddress(address: string): TemplateResult {
  const text = address.replace(/^https?:\/\//, '');
  const isDeadEnd = !isOnline() || matchMedia('(display-mode: fullscreen)').matches;
  if (isDeadEnd) return html`<strong>${text}</strong>`;
  return html`<a href=${address} target="_blank" rel="noreferrer">${text}</a>`;
}

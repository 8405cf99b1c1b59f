import { msg } from '@lit/localize';
import { html, nothing } from 'lit';

/** Asks before a seat is released, and says what it means for a device that is offline. */
export function releaseQuestion(hasShares: boolean) {
  return html`
    <lk-confirm class="release" heading=${msg('Release the seat of this device?')} confirm=${msg('Release seat')} danger>
      <div class="stack">
        <p>${msg('Another device can be activated at once. Do this when the machine is lost, broken or wiped.')}</p>
        <p>${msg('A device that is offline does not learn of it: it goes on working with the license it has until that ends, or until it loads its next file. If it still works, deactivate it there instead.')}</p>
        ${hasShares ? html`<p>${msg('What it holds of a shared maximum and has not reported goes to others: if it goes on, together they may use more than the maximum.')}</p>` : nothing}
      </div>
    </lk-confirm>
  `;
}

/** Asks before a device is blocked or unblocked. */
export function blockQuestion(isBlocked: boolean) {
  if (isBlocked) {
    return html`
      <lk-confirm class="block" heading=${msg('Unblock this device?')} confirm=${msg('Unblock device')}>
        <p>${msg('Its requests and reports are decided like those of any device again.')}</p>
      </lk-confirm>
    `;
  }
  return html`
    <lk-confirm class="block" heading=${msg('Block this device?')} confirm=${msg('Block device')} danger>
      <div class="stack">
        <p>${msg('From now on the portal refuses its requests, for every license.')}</p>
        <p>${msg('While it is offline it goes on working with the license it has; its next report brings back a license that is locked. Its seat stays taken until you release it.')}</p>
      </div>
    </lk-confirm>
  `;
}

/** Asks before the mark of a copy is taken off a device. */
export function settleQuestion(isBlocked: boolean) {
  return html`
    <lk-confirm class="settle" heading=${msg('Is the copy of this device dealt with?')} confirm=${msg('Mark as dealt with')}>
      <div class="stack">
        <p>${msg('The mark goes, for every license of this device; the history keeps what was noticed. Do this when one of the two machines is a device of its own now, or is not used any more.')}</p>
        <p>${msg('If both go on with the same identity, the next file that shows it brings the mark back.')}</p>
        ${isBlocked ? html`<p>${msg('The device stays blocked until you unblock it.')}</p>` : nothing}
      </div>
    </lk-confirm>
  `;
}

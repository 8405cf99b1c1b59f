import { html, type TemplateResult } from 'lit';
import '../../../src/ui/feedback/lk-bar.ts';
import '../../../src/ui/feedback/lk-confirm.ts';
import '../../../src/ui/feedback/lk-notice.ts';
import '../../../src/ui/feedback/lk-progress.ts';
import '../../../src/ui/feedback/lk-refusal.ts';
import '../../../src/ui/files/lk-download.ts';
import '../../../src/ui/files/lk-file-drop.ts';
import '../../../src/ui/files/lk-file-row.ts';
import '../../../src/ui/input/lk-key-field.ts';
import '../../../src/ui/layout/lk-app-frame.ts';
import '../../../src/ui/layout/lk-card.ts';
import '../../../src/ui/layout/lk-stepper.ts';

const steps = ['Enter the license key', 'Take the file to the portal', 'Load the answer'];
const bytes = new Uint8Array([1]);

/** Every shared element once, as on a device's page: to look at, and to check as a whole. */
export function gallery(): TemplateResult {
  return html`
    <lk-app-frame name="Press Studio" subtitle="Press 7">
      <lk-notice slot="notices" tone="accent" icon="refresh-cw" action="Update">A new version is ready.</lk-notice>
      <lk-notice slot="notices" tone="warn" icon="clock">The clock of this device looks wrong.</lk-notice>
      <lk-card heading="Waiting for the portal" icon="hourglass" tone="accent">
        <lk-stepper .steps=${steps} .current=${1}></lk-stepper>
        <p>Saved to the stick at 14:02. Upload it at portal.acme.com; no account needed.</p>
        <lk-refusal code="NO_SEATS_LEFT" .data=${{ maxActivations: 10 }}></lk-refusal>
        <lk-download slot="actions" primary label="Save again" name="request.req" .bytes=${bytes}></lk-download>
        <lk-download slot="actions" label="Save receipt" name="receipt.lic"></lk-download>
      </lk-card>
      <lk-card heading="Licensed until June 30, 2027" icon="shield-check" tone="ok">
        <lk-bar label="Exports" used="80" maximum="100" overage="20"></lk-bar>
        <lk-bar label="Plates" used="108" maximum="100" overage="20"></lk-bar>
        <lk-bar label="Proofs" used="120" maximum="100" overage="20"></lk-bar>
        <lk-bar label="Pages" used="1234567"></lk-bar>
      </lk-card>
      <lk-card heading="Enter the license key" icon="key-round">
        <lk-key-field label="License key" value="ABCDE-FGHJK-MN" .checker=${() => [1]}></lk-key-field>
        <lk-progress label="Reading files" value="12" total="40"></lk-progress>
        <lk-progress label="Asking the portal"></lk-progress>
      </lk-card>
      <lk-file-drop label="Drop the answer here" hint="A .lic file from the portal"></lk-file-drop>
      <lk-file-drop compact multiple label="Drop more files here"></lk-file-drop>
      <lk-card>
        <lk-file-row tone="ok" heading="Licensed" detail="Device 4829 1307 7506 · press-7.req">
          <lk-download slot="actions" label="Save license" name="license.lic" .bytes=${bytes}></lk-download>
        </lk-file-row>
        <lk-file-row tone="bad" heading="This file was cut short: 413 of 481 bytes are here." detail="press-31.req">
          <span>At Press 31: save it again.</span>
        </lk-file-row>
      </lk-card>
      <lk-confirm heading="Give this license back?" confirm="Give back" danger>
        <p>This device will be locked at once. Its seat is free when the file has reached the portal.</p>
      </lk-confirm>
      <span slot="footer">Calling support? Read 4829 1307 7506</span>
    </lk-app-frame>
  `;
}

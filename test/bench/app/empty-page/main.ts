import { html, LitElement } from 'lit';

/** The least that a Lit page can be: what the device app's start is compared with. */
class EmptyPage extends LitElement {
  override render() {
    return html`<h1>Ready</h1>`;
  }
}

customElements.define('empty-page', EmptyPage);
void navigator.serviceWorker.register('/sw.js');

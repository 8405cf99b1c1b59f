import { html, render } from 'lit';

render(html`<h1>Latchkey console</h1>`, document.body);

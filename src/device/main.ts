import { html, render } from 'lit';

render(html`<h1>Latchkey</h1>`, document.body);

import { html, render } from 'lit';

render(html`<h1>Latchkey portal</h1>`, document.body);

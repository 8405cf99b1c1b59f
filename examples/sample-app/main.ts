import { html, render } from 'lit';

render(html`<h1>Sample app</h1>`, document.body);

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Origins } from '../origins.ts';
import type { SiteEnv } from '../request/site-env.ts';

const style = `body {
  max-width: 40rem;
  margin: 0 auto;
  padding: 2rem 1rem;
  font: 1.125rem/1.5 system-ui, sans-serif;
}

ul {
  padding: 0;
  list-style: none;
}

a {
  display: inline-block;
  padding-block: 0.75rem;
  font-weight: 600;
}
`;

/** The page at the bare address of the machine: links to the sites, no script, no API. */
export function createBarePage(origins: Origins, { hasSample }: { hasSample: boolean }): Hono<SiteEnv> {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/page.css">
    <title>Latchkey</title>
  </head>
  <body>
    <h1>Latchkey</h1>
    <ul>
      <li><a href="${origins.app}">Device app</a>: licenses this device</li>
      <li><a href="${origins.portal}">Portal</a>: exchanges a file from a device for a license</li>
      <li><a href="${origins.console}">Console</a>: issues and changes licenses</li>
      ${hasSample ? html`<li><a href="${origins.sample}">Sample app</a>: a vendor's app that a license unlocks</li>` : ''}
    </ul>
  </body>
</html>
`;
  return new Hono<SiteEnv>()
    .get('/', context => context.html(page))
    .get('/page.css', context => context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
}

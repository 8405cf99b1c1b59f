import assert from 'node:assert/strict';
import { hasEd25519 } from './support/browsers/in-page.ts';
import { activateAsUser, activateDevice, goTheLoop, startVisitor } from './support/browsers/loop.ts';
import { oldChromium } from './support/browsers/old-chromium.ts';
import { journey } from './support/journey.ts';

journey('the whole loop in Chromium 109', world => goTheLoop(world, oldChromium(109)));

journey('the device app in Chromium 109 is licensed without a network, and stays so', async world => {
  const visitor = await activateDevice(world, oldChromium(109));
  // What was verified there was verified without the browser's own Ed25519.
  assert.equal(await visitor.window.evaluate(hasEd25519), false);
});

journey('a user is licensed in Chromium 109, by sync', world => activateAsUser(world, oldChromium(109)));

journey('Chromium 92 gets the reason in plain HTML', async world => {
  const site = await world.startSite();
  const visitor = await startVisitor(world, oldChromium(92));
  for (const address of Object.values(site.origins)) {
    await visitor.window.open(address);
    await visitor.expectText('has not started');
    await visitor.expectText('Chrome or Edge 109, Firefox 115, Safari 16.4, or any newer one');
  }
});

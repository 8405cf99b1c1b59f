import { activateAsUser, activateDevice, goTheLoop } from './support/browsers/loop.ts';
import { webKit } from './support/browsers/webkit.ts';
import { journey } from './support/journey.ts';

journey('the whole loop in WebKitGTK', world => goTheLoop(world, webKit));

journey(
  'the device app in WebKitGTK is licensed without a network, and tells how long it is kept',
  async world => {
    const visitor = await activateDevice(world, webKit);
    await visitor.expectText('Open this app at least once a week, or its license is lost.');
  },
);

journey('a user is licensed in WebKitGTK, by sync', world => activateAsUser(world, webKit));

import { activateDevice, goTheLoop } from './support/browsers/loop.ts';
import { webKit } from './support/browsers/webkit.ts';
import { journey } from './support/journey.ts';

journey('the whole loop in WebKitGTK', world => goTheLoop(world, webKit));

journey('the device app in WebKitGTK is licensed without a network', world => activateDevice(world, webKit));

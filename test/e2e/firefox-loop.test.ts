import { firefox } from './support/browsers/firefox.ts';
import { activateDevice, goTheLoop } from './support/browsers/loop.ts';
import { journey } from './support/journey.ts';

journey('the whole loop in Firefox', world => goTheLoop(world, firefox));

journey('the device app in Firefox is licensed without a network, and stays so', world =>
  activateDevice(world, firefox),
);

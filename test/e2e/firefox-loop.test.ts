import { firefox, privateFirefox } from './support/browsers/firefox.ts';
import { activateAsUser, activateDevice, goTheLoop } from './support/browsers/loop.ts';
import { journey } from './support/journey.ts';

journey('the whole loop in Firefox', world => goTheLoop(world, firefox));

journey('the device app in Firefox is licensed without a network, and stays so', world =>
  activateDevice(world, firefox),
);

journey('the device app in a private window of Firefox is licensed as long as that is open', world =>
  activateDevice(world, privateFirefox),
);

journey('a user is licensed in Firefox, by sync', world => activateAsUser(world, firefox));

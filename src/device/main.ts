/**
 * What the page runs first, small enough to run while the rest is fetched and compiled: it begins what takes long and
 * needs no code of ours.
 */
import '../ui/plain-reason.ts';
import '../ui/trusted-types.ts';
import { DATABASE } from '../client/options.ts';
import { readAhead } from '../store/read-ahead.ts';

readAhead(DATABASE);
void import('./opening.ts');
void import('./first-page.ts');

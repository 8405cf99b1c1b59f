/** The parts of the app that need not be there when the first status is painted. */
import '../client/elements/lk-license-notices.ts';
import '../client/pin/lk-pin-dialog.ts';
import '../ui/feedback/lk-notice.ts';
import '../ui/files/lk-file-drop.ts';
import '../ui/files/lk-paste-anywhere.ts';
import './lk-about-page.ts';
import './lk-app-notices.ts';
import './lk-give-up-page.ts';
import './lk-home-page.ts';
import './lk-recover-page.ts';

export { questionsAnswered } from '../ui/feedback/lk-confirm.ts';
export { openDoors } from './doors.ts';
export { takeGivenName } from './given-name.ts';

import { removeReason } from '../ui/plain-reason.ts';
import '../ui/trusted-types.ts';
// Before the elements: the database is opened while they are evaluated and rendered for the first time.
import './opening.ts';
import { keepInstallOffer } from '../platform/doors/install-offer.ts';
import { configureTexts } from '../ui/texts/configure-texts.ts';
import { restoreTextSize } from '../ui/theme/text-size.ts';
import './lk-device-app.ts';

keepInstallOffer();
restoreTextSize();
void configureTexts();
removeReason();

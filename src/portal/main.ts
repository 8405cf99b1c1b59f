import { removeReason } from '../ui/plain-reason.ts';
import '../ui/trusted-types.ts';
import { configureTexts } from '../ui/texts/configure-texts.ts';
import { adoptTheme } from '../ui/theme/adopt-theme.ts';
import { restoreTextSize } from '../ui/theme/text-size.ts';
import './check/lk-check-link.ts';
import { followAddress } from './check/route.ts';
import './lk-portal-page.ts';

adoptTheme();
restoreTextSize();
void configureTexts();
removeReason();
const portal = document.querySelector('lk-portal-page');
if (portal) followAddress(portal);

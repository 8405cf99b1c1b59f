/** What shows the first status. */
import { removeReason } from '../ui/plain-reason.ts';
import { configureTexts } from '../ui/texts/configure-texts.ts';
import { adoptTheme } from '../ui/theme/adopt-theme.ts';
import { restoreTextSize } from '../ui/theme/text-size.ts';
import './lk-device-app.ts';

adoptTheme();
restoreTextSize();
void configureTexts();
removeReason();

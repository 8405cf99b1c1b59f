import { removeReason } from '../ui/plain-reason.ts';
import '../ui/trusted-types.ts';
import { configureTexts } from '../ui/texts/configure-texts.ts';
import { adoptTheme } from '../ui/theme/adopt-theme.ts';
import './lk-console.ts';

adoptTheme();
void configureTexts();
removeReason();

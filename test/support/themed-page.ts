import { adoptTheme } from '../../src/ui/theme/adopt-theme.ts';

/** Gives the test page the theme, so that the accessibility checks see the real colors, and none on the way to them. */
adoptTheme();
document.documentElement.lang = 'en';
document.documentElement.style.background = 'var(--lk-page)';
document.documentElement.style.setProperty('--lk-motion', '0s');

import { adoptTheme } from '../../src/ui/theme/adopt-theme.ts';

/** Gives the test page the theme, so that the accessibility checks see the real colors. */
adoptTheme();
document.documentElement.lang = 'en';
document.documentElement.style.background = 'var(--lk-page)';

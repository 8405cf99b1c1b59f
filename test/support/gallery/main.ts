import { render } from 'lit';
import '../../../src/ui/theme/page.css';
import { adoptTheme } from '../../../src/ui/theme/adopt-theme.ts';
import { gallery } from './gallery.ts';

/** Opens the gallery as a page: `vite test/support/gallery`; `?accent=7a1f5c&dir=rtl&text=large&confirm` change it. */
const query = new URLSearchParams(location.search);
adoptTheme({ accent: `#${query.get('accent') ?? ''}` });
document.documentElement.dir = query.get('dir') ?? 'ltr';
document.documentElement.dataset.textSize = query.get('text') ?? 'normal';
render(gallery(), document.body);
if (query.has('confirm')) void document.querySelector('lk-confirm')?.ask();

import { configureLocalization, type LocaleModule } from '@lit/localize';

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

const sourceLocale = 'en';

/** One loader per translated language, so that a bundler can split them; see xliff/README.md for adding one. */
const loaders: Record<string, () => Promise<LocaleModule>> = {};
const targetLocales = Object.keys(loaders);

let localization: ReturnType<typeof configureLocalization> | null = null;

/**
 * Prepares the texts of a page in the first of the wanted languages that is there, English otherwise, and tells the
 * page its language and direction. Call it once, before the first element renders; a second call is ignored.
 */
export async function configureTexts(wanted: readonly string[] = navigator.languages): Promise<void> {
  if (localization) return;
  localization = configureLocalization({ sourceLocale, targetLocales, loadLocale });
  await chooseLocale(nearestLocale(wanted));
}

/** Changes the language of the page. */
export async function chooseLocale(locale: string): Promise<void> {
  await localization?.setLocale(locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = rightToLeft.has(baseOf(locale)) ? 'rtl' : 'ltr';
}

/** The first wanted language that Latchkey has, by its exact tag or its base language; English when none is. */
export function nearestLocale(
  wanted: readonly string[],
  available: readonly string[] = [sourceLocale, ...targetLocales],
): string {
  for (const tag of wanted) {
    const exact = available.find(locale => locale.toLowerCase() === tag.toLowerCase());
    const base = available.find(locale => locale === baseOf(tag));
    const found = exact ?? base;
    if (found) return found;
  }
  return sourceLocale;
}

function baseOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? tag;
}

function loadLocale(locale: string): Promise<LocaleModule> {
  const load = loaders[locale];
  return load ? load() : Promise.reject(new RangeError(`expected a target locale, got ${locale}`));
}

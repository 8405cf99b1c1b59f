import { ContextConsumer, ContextProvider, createContext } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import type { LicenseManager } from './license-manager.ts';

/** The device's licenses for the elements below a provider; null while the device is being opened. */
export const licenseContext = createContext<LicenseManager | null>(Symbol('latchkey-license'));

/** Provides for the whole page; an element of its own may provide another device to what is in it. */
const page = new ContextProvider(document.documentElement, { context: licenseContext, initialValue: null });

/** Gives the opened device to all elements of the page, whether they are there already or come later. */
export function provideLicense(manager: LicenseManager): void {
  page.setValue(manager);
}

/** Renders its host again whenever anything about the device's licenses changes. */
export class LicenseController implements ReactiveController {
  /** null until the device is open. */
  manager: LicenseManager | null = null;
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    new ContextConsumer(host, {
      context: licenseContext,
      subscribe: true,
      callback: manager => this.#follow(manager),
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.manager?.addEventListener('change', this.#changed);
  }

  hostDisconnected(): void {
    this.manager?.removeEventListener('change', this.#changed);
  }

  #follow(manager: LicenseManager | null): void {
    this.hostDisconnected();
    this.manager = manager;
    if (this.#host.isConnected) this.hostConnected();
    this.#changed();
  }

  #changed = (): void => this.#host.requestUpdate();
}

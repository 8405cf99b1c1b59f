import { ContextConsumer, createContext } from '@lit/context';
import type { ReactiveElement } from 'lit';
import type { AnswerReader } from '../../platform/answer-reader.ts';
import type { Profile } from '../../platform/profile.ts';
import type { ConsoleApi } from './api/console-api.ts';
import type { IsLost, Router } from './router.ts';

/** What the console gives to its pages. */
export interface ConsoleServices {
  api: ConsoleApi;
  router: Router;
  /** Verifies what is about to be saved. */
  answers: AnswerReader;
  /** What devices and sticks know of the vendor. @throws SERVER_UNREACHABLE */
  profile(): Promise<Profile>;
  /** Shows a sentence for some seconds and reads it out. */
  announce(text: string): void;
}

export const consoleContext = createContext<ConsoleServices>(Symbol('console'));

/** The console's services for an element below `<lk-console>`. */
export class UseConsole {
  readonly #consumer: ContextConsumer<typeof consoleContext, ReactiveElement>;

  /** @param isLost - Asked before the person leaves, while the element is on the page. */
  constructor(host: ReactiveElement, isLost?: IsLost) {
    this.#consumer = new ContextConsumer(host, { context: consoleContext });
    if (isLost) this.#guard(host, isLost);
  }

  get api(): ConsoleApi {
    return this.#services.api;
  }

  get router(): Router {
    return this.#services.router;
  }

  get answers(): AnswerReader {
    return this.#services.answers;
  }

  profile(): Promise<Profile> {
    return this.#services.profile();
  }

  announce(text: string): void {
    this.#services.announce(text);
  }

  #guard(host: ReactiveElement, isLost: IsLost): void {
    let stop = () => {};
    host.addController({
      hostConnected: () => {
        stop = this.router.guard(isLost);
      },
      hostDisconnected: () => stop(),
    });
  }

  get #services(): ConsoleServices {
    const { value } = this.#consumer;
    if (!value) throw new TypeError('expected the console around this element');
    return value;
  }
}

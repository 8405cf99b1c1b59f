import { ContextProvider } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Account, Session } from '../api/accounts.ts';
import { publicPaths } from '../api/paths.ts';
import { webCrypto } from '../crypto/web.ts';
import { LatchkeyError } from '../errors.ts';
import { AnswerReader, trustAt } from '../platform/answer-reader.ts';
import { decodeProfile, fetchProfile, type Profile } from '../platform/profile.ts';
import type { LkConfirm } from '../ui/feedback/lk-confirm.ts';
import { errorText } from '../ui/texts/error-texts.ts';
import { refusalOf } from '../ui/texts/refusal-of.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import type { LkAccountPage } from './accounts/lk-account-page.ts';
import type { LkSessionDialog } from './accounts/lk-session-dialog.ts';
import type { LkToast } from './layout/lk-toast.ts';
import { refusalView } from './layout/task-view.ts';
import { ConsoleApi } from './services/api/console-api.ts';
import { type ConsoleServices, consoleContext } from './services/console-context.ts';
import { Router } from './services/router.ts';
import '../ui/feedback/lk-confirm.ts';
import '../ui/feedback/lk-progress.ts';
import './accounts/lk-account-page.ts';
import './accounts/lk-session-dialog.ts';
import './frame/lk-frame.ts';
import './frame/lk-page.ts';
import './layout/lk-toast.ts';

/** The console: signs a person in and shows the page of the address. */
@customElement('lk-console')
@localized()
export class LkConsole extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        --lk-text-m: 0.9375rem;
        --lk-text-s: 0.875rem;
        --lk-text-l: 1.0625rem;
        --lk-text-xl: 1.25rem;
      }
      .alone {
        display: grid;
        align-content: center;
        inline-size: min(32rem, 100% - 2rem);
        min-block-size: 100dvh;
        margin-inline: auto;
      }
      @media print {
        lk-toast {
          display: none;
        }
      }
    `,
  ];

  /** Where the API is; another one in tests. */
  @property({ attribute: false }) api = new ConsoleApi();
  /** Whom files are verified with; another one in tests. */
  @property({ attribute: false }) answers = new AnswerReader({
    crypto: webCrypto(),
    loadTrust: trustAt(publicPaths.profile),
    unreachable: 'SERVER_UNREACHABLE',
  });
  @state() private password = '';

  readonly #router = new Router();
  #stop: (() => void)[] = [];
  #provider = new ContextProvider(this, { context: consoleContext });
  readonly #session = new Task(this, {
    task: ([api]) => api.account.session(),
    args: () => [this.api] as const,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#router.askToLeave = async () => (await this.#leaveQuestion?.ask()) ?? true;
    this.#stop = [this.#router.start(), this.#router.listen(() => this.requestUpdate())];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stop) stop();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('api')) return;
    this.api.signInAgain = async code => (await this.#dialog?.ask(code)) ?? false;
    this.#provider.setValue(this.#services());
  }

  get #toast(): LkToast | null {
    return this.renderRoot.querySelector<LkToast>('lk-toast');
  }

  get #dialog(): LkSessionDialog | null {
    return this.renderRoot.querySelector<LkSessionDialog>('lk-session-dialog');
  }

  get #leaveQuestion(): LkConfirm | null {
    return this.renderRoot.querySelector<LkConfirm>('lk-confirm');
  }

  override render() {
    return html`
      ${this.#session.render({
        initial: () => this.#waiting(),
        pending: () => this.#waiting(),
        complete: session => this.#page(session),
        error: error => html`<div class="alone">${refusalView(error, () => this.#session.run())}</div>`,
      })}
      <lk-toast></lk-toast>
      <lk-confirm heading=${msg('Leave without saving?')} confirm=${msg('Leave')} cancel=${msg('Stay')} danger>
        <p>${msg('What you typed on this page would be lost.')}</p>
      </lk-confirm>
    `;
  }

  #waiting() {
    return html`<div class="alone"><lk-progress label=${msg('Opening the console')}></lk-progress></div>`;
  }

  #page(session: Session) {
    if (session === null) return this.#accountPage('sign-in');
    return session.passwordChangeNeeded ? this.#accountPage('password') : this.#signedIn(session);
  }

  #signedIn({ email }: Account) {
    const { place } = this.#router;
    return html`
      <lk-frame .path=${place.path} .account=${email} .engine=${this.answers.engine} @lk-sign-out=${this.#signOut}>
        <lk-page .place=${place}></lk-page>
      </lk-frame>
      <lk-session-dialog .email=${email}></lk-session-dialog>
    `;
  }

  #accountPage(asks: LkAccountPage['asks']) {
    return html`
      <lk-account-page
        .asks=${asks}
        .password=${this.password}
        @lk-signed-in=${this.#enter}
        @lk-password-changed=${this.#enter}
      ></lk-account-page>
    `;
  }

  #services(): ConsoleServices {
    const { api, answers } = this;
    return { api, answers, profile, router: this.#router, announce: text => this.#announce(text) };
  }

  /** What is announced was done: the frame may have to say something else. */
  #announce(text: string): void {
    this.#toast?.show(text);
    this.requestUpdate();
  }

  async #enter(event: Event): Promise<void> {
    const isSignIn = event instanceof CustomEvent && typeof event.detail === 'string';
    this.password = isSignIn ? event.detail : '';
    this.#router.wantsFocus = true;
    await this.#session.run();
  }

  async #signOut(): Promise<void> {
    if (!(await this.#router.mayLeave('/'))) return;
    try {
      await this.api.account.signOut();
    } catch (error) {
      this.#toast?.show(errorText(refusalOf(error).code).text);
      return;
    }
    this.password = '';
    await this.#session.run();
    await this.#router.go('/');
  }
}

async function profile(): Promise<Profile> {
  try {
    return decodeProfile(await fetchProfile(publicPaths.profile));
  } catch (cause) {
    throw new LatchkeyError('SERVER_UNREACHABLE', 'nobody says whose console this is', { cause });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-console': LkConsole;
  }
}

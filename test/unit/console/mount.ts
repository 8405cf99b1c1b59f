import { ContextProvider } from '@lit/context';
import { waitUntil } from '@open-wc/testing';
import { LitElement, render, type TemplateResult } from 'lit';
import { ConsoleApi } from '../../../src/console/services/api/console-api.ts';
import { consoleContext } from '../../../src/console/services/console-context.ts';
import { Router } from '../../../src/console/services/router.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { AnswerReader } from '../../../src/platform/answer-reader.ts';
import { loadTestTrust } from '../../support/portal-files.ts';
import { FakeServer } from './fake-server.ts';
import { testProfile } from './samples.ts';
import '../../support/themed-page.ts';

/** An element with the console's services around it. */
export interface Mounted<Part extends Element> {
  element: Part;
  server: FakeServer;
  router: Router;
  api: ConsoleApi;
  /** Sentences that were announced. */
  said: string[];
}

// Colors are checked as they are in the end, not on their way.
document.documentElement.style.setProperty('--lk-motion', '0s');

const hosts: Element[] = [];

/** Takes everything off the page; it is done after each test, too. */
export function unmount(): void {
  for (const host of hosts.splice(0)) host.remove();
}

afterEach(unmount);

/** Puts an element on the page with services that talk to a server in memory. */
export async function mount<Part extends Element>(
  template: TemplateResult,
  server = new FakeServer(),
): Promise<Mounted<Part>> {
  const api = new ConsoleApi(server.fetch);
  const answers = new AnswerReader({
    crypto: webCrypto(),
    loadTrust: loadTestTrust,
    unreachable: 'SERVER_UNREACHABLE',
  });
  const router = new Router();
  const said: string[] = [];
  const host = document.createElement('div');
  new ContextProvider(host, {
    context: consoleContext,
    initialValue: {
      api,
      answers,
      profile: async () => testProfile,
      router,
      announce: text => void said.push(text),
    },
  });
  document.body.append(host);
  hosts.push(host);
  render(template, host);
  const element = host.firstElementChild;
  if (!element) throw new TypeError('expected an element');
  await settled(element);
  return { element: element as Part, server, router, api, said };
}

/** Far longer than anything takes: the machine may be busy with other tests. */
export const patience = { timeout: 15_000 };

/** Waits until an element and what is in it have rendered and nothing is loading. */
export async function settled(element: Element): Promise<void> {
  const isSettled = async () => {
    for (const each of deepAll(element, '*')) if (each instanceof LitElement) await each.updateComplete;
    return deepAll(element, 'lk-progress').length === 0;
  };
  await waitUntil(isSettled, 'still loading', patience);
}

/** All elements that a selector finds in an element, through every shadow root. */
export function deepAll(root: Element, selector: string): Element[] {
  const found = root.matches(selector) ? [root] : [];
  const children = [...(root.shadowRoot?.children ?? []), ...root.children];
  return [...found, ...children.flatMap(child => deepAll(child, selector))];
}

/** The first element that a selector finds, through every shadow root; fails the test when there is none. */
export function deep<Part extends HTMLElement = HTMLElement>(root: Element, selector: string): Part {
  const [first] = deepAll(root, selector);
  if (!first) throw new TypeError(`expected ${selector} in <${root.localName}>`);
  return first as Part;
}

/** All words that an element shows, through every shadow root, white space folded. */
export function deepText(root: Element): string {
  const parts = (node: Node): string[] => {
    if (node instanceof Text) return [node.data];
    if (node instanceof HTMLStyleElement) return [];
    const shadow =
      node instanceof Element && node.shadowRoot ? [...node.shadowRoot.childNodes].flatMap(parts) : [];
    return [...shadow, ...[...node.childNodes].flatMap(parts)];
  };
  return parts(root).join(' ').replaceAll(/\s+/g, ' ').trim();
}

/** Presses the button or link with this text. */
export function press(root: Element, text: string): void {
  const named = (each: Element) => deepText(each).startsWith(text);
  const found = deepAll(root, 'button, a').find(named);
  if (!(found instanceof HTMLElement)) throw new TypeError(`expected a button “${text}”`);
  found.click();
}

/** Types a value into the field of this name. */
export function type(root: Element, name: string, value: string): void {
  const field = deepAll(root, 'input, select, textarea').find(each => each.getAttribute('name') === name);
  if (
    !(
      field instanceof HTMLInputElement ||
      field instanceof HTMLSelectElement ||
      field instanceof HTMLTextAreaElement
    )
  ) {
    throw new TypeError(`expected a field ${name}`);
  }
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Ticks the box of this name, or takes the tick away. */
export function tick(root: Element, name: string): void {
  deep<HTMLInputElement>(root, `input[name="${name}"]`).click();
}

/** Answers the question that is open, or is about to open, with the button of this text. */
export async function answer(root: Element, text: string): Promise<void> {
  const openDialog = () =>
    deepAll(root, 'dialog').find(each => each instanceof HTMLDialogElement && each.open);
  await waitUntil(() => openDialog() !== undefined, 'expected a question', patience);
  const dialog = openDialog();
  if (dialog) press(dialog, text);
}

/** Waits until an element shows a text. */
export async function shows(root: Element, text: string): Promise<void> {
  await waitUntil(() => deepText(root).includes(text), `expected “${text}”`, patience);
}

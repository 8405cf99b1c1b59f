import { expect } from '@open-wc/testing';
import { type Launch, onLaunch } from '../../../../src/platform/doors/launch.ts';

type Consumer = (params: {
  files?: readonly Pick<FileSystemFileHandle, 'getFile'>[];
  targetURL?: string;
}) => void;

describe('onLaunch()', () => {
  const queue = Object.getOwnPropertyDescriptor(globalThis, 'launchQueue');
  let launch: Consumer = () => {};
  before(() => {
    const setConsumer = (consumer: Consumer) => {
      launch = consumer;
    };
    Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer }, configurable: true });
  });
  after(() => {
    if (queue) Object.defineProperty(globalThis, 'launchQueue', queue);
    else Reflect.deleteProperty(globalThis, 'launchQueue');
  });

  it('hands over the files, and null for one that cannot be opened', async () => {
    const file = new File(['x'], 'a.lic');
    const gone = { getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
    const taken = new Promise<Launch>(resolve => onLaunch(resolve));
    launch({ files: [{ getFile: async () => file }, gone] });
    expect(await taken).to.deep.equal({ files: [file, null], target: null });
  });

  it('tells which page was asked for, of this origin alone', async () => {
    const launches: Launch[] = [];
    onLaunch(taken => launches.push(taken));
    launch({ targetURL: `${location.origin}/?do=load` });
    launch({ targetURL: 'https://elsewhere.example/?do=load' });
    await new Promise(resolve => setTimeout(resolve, 10));
    expect(launches.map(({ target }) => target)).to.deep.equal(['/?do=load', null]);
  });
});

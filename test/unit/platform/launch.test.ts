import { expect } from '@open-wc/testing';
import { onLaunchFiles } from '../../../src/platform/launch.ts';

type Consumer = (params: { files?: readonly Pick<FileSystemFileHandle, 'getFile'>[] }) => void;

describe('onLaunchFiles()', () => {
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
    const taken = new Promise<(File | null)[]>(resolve => onLaunchFiles(resolve));
    launch({ files: [{ getFile: async () => file }, gone] });
    expect(await taken).to.deep.equal([file, null]);
  });

  it('hands over nothing when the app was opened without files', async () => {
    let isCalled = false;
    onLaunchFiles(() => {
      isCalled = true;
    });
    launch({});
    await new Promise(resolve => setTimeout(resolve, 10));
    expect(isCalled).to.equal(false);
  });
});

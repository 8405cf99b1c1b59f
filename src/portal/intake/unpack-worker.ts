import type { PickedFile } from '../../ui/files/picked-file.ts';
import { unpack } from './unpack.ts';

self.addEventListener('message', ({ data }: MessageEvent<PickedFile[]>) => {
  self.postMessage(unpack(data));
});

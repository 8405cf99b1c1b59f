/** What a camera sees: four bytes for each pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** More pixels than this on a side cost time and show nothing more. */
const maxSide = 1024;

/** Looks for QR codes in what a video shows, in a worker of its own. */
export class CodeFinder {
  readonly #worker = new Worker(new URL('./finder-worker.ts', import.meta.url), { type: 'module' });
  readonly #context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

  /** The text of the code that the video shows now; null when none is seen. One question at a time. */
  async find(video: HTMLVideoElement): Promise<string | null> {
    const picture = this.#take(video);
    if (!picture) return null;
    return new Promise(resolve => {
      this.#worker.onmessage = ({ data }) => resolve(typeof data === 'string' ? data : null);
      this.#worker.onerror = () => resolve(null);
      this.#worker.postMessage(picture, [picture.data.buffer]);
    });
  }

  close(): void {
    this.#worker.terminate();
  }

  #take(video: HTMLVideoElement): Picture | null {
    const { videoWidth, videoHeight } = video;
    if (!this.#context || videoWidth === 0) return null;
    const scale = Math.min(1, maxSide / Math.max(videoWidth, videoHeight));
    const width = Math.round(videoWidth * scale);
    const height = Math.round(videoHeight * scale);
    const { canvas } = this.#context;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    this.#context.drawImage(video, 0, 0, width, height);
    const { data } = this.#context.getImageData(0, 0, width, height);
    return { width, height, data };
  }
}

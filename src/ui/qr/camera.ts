/** A camera that films. */
export interface Camera {
  readonly stream: MediaStream;
  readonly id: string;
  /** Whether it has a light. */
  readonly hasTorch: boolean;
}

/** A camera to choose. */
export interface CameraChoice {
  readonly id: string;
  readonly label: string;
}

/**
 * Opens a camera, that at the back of a phone unless another is named.
 *
 * @throws DOMException - NotAllowedError, NotFoundError, NotReadableError and others of getUserMedia; TypeError where
 * the page is not secure.
 */
export async function openCamera(id: string | null): Promise<Camera> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  const which = id ? { deviceId: { exact: id } } : { facingMode: 'environment' };
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...which, ...size }, audio: false });
  const [track] = stream.getVideoTracks();
  const abilities = track && 'getCapabilities' in track ? track.getCapabilities() : {};
  return { stream, id: track?.getSettings().deviceId ?? '', hasTorch: 'torch' in abilities };
}

/** Those that there are; their names are known only while one of them films. */
export async function listCameras(): Promise<CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** Turns the light of a camera on or off. */
export async function setTorch({ stream }: Camera, isOn: boolean): Promise<void> {
  const torch: MediaTrackConstraintSet & { torch: boolean } = { torch: isOn };
  await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [torch] });
}

export function closeCamera({ stream }: Camera): void {
  for (const track of stream.getTracks()) track.stop();
}

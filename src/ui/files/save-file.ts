/** How long the browser may take to start a download before its address ends. */
const addressLifeMs = 60_000;

/** Saves bytes as a file through the browser's download; where it goes is the browser's choice. */
export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), addressLifeMs);
}

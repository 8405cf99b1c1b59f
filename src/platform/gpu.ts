/** What the graphics driver says about itself, made independent of versions. */
export interface Gpu {
  vendor: string;
  /** For example `intel uhd graphics 620`, without driver, API version and device number. */
  family: string;
  limits: string;
  /** Whether the renderer is one that virtual machines (and test browsers) have. */
  looksVirtual: boolean;
}

const VIRTUAL =
  /swiftshader|llvmpipe|softpipe|vmware|svga3d|virtualbox|parallels|basic render|virgl|virtio|qxl/i;

/** Asks WebGL for the graphics hardware; null when there is none. Takes tens of milliseconds. */
export function readGpu(): Gpu | null {
  const gl = document.createElement('canvas').getContext('webgl');
  if (!gl) return null;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const vendor = text(gl.getParameter(info ? info.UNMASKED_VENDOR_WEBGL : gl.VENDOR));
  const renderer = text(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  const limits = [
    gl.getParameter(gl.MAX_TEXTURE_SIZE),
    gl.getParameter(gl.MAX_CUBE_MAP_TEXTURE_SIZE),
    gl.getParameter(gl.MAX_RENDERBUFFER_SIZE),
    gl.getParameter(gl.MAX_VERTEX_ATTRIBS),
  ].join(' ');
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return {
    vendor: gpuVendor(vendor, renderer),
    family: gpuFamily(renderer),
    limits,
    looksVirtual: VIRTUAL.test(renderer),
  };
}

/**
 * The renderer's family: what a driver or browser update changes is taken out of names such as
 * `ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)`.
 */
export function gpuFamily(renderer: string): string {
  const angle = /^ANGLE \((.*)\)$/.exec(renderer)?.[1];
  const name = angle === undefined ? renderer : (angle.split(', ')[1] ?? angle);
  return name
    .toLowerCase()
    .replace(/\((r|tm|c)\)|\(0x[0-9a-f]+\)|\(llvm[^)]*\)|, or similar/g, ' ')
    .replace(/\b(direct3d|d3d)\d*\b.*$/, ' ')
    .replace(/\b(vulkan|opengl( es)?|angle metal renderer:)[\s\d.]*/g, ' ')
    .replace(/\bmesa\b|\/pcie\S*|[(),]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function gpuVendor(vendor: string, renderer: string): string {
  const angle = /^ANGLE \(([^,]+),/.exec(renderer)?.[1];
  return (angle ?? vendor)
    .toLowerCase()
    .replace(/google inc\.?|[()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

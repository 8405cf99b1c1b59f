/** How far a clock may fall behind before it counts as set back: two hours, past any daylight-saving change. */
export const CLOCK_TOLERANCE_MS = 2 * 60 * 60 * 1000;

/** What the device knows about time. Milliseconds since the Unix epoch. */
export interface TimeInputs {
  /** The device's clock. */
  readonly clockMs: number;
  /** The latest time that this device has seen; 0 at first. */
  readonly highWaterMarkMs: number;
  /** Issue time of the newest genuine file that is stored; absent when there is none. */
  readonly newestIssuedAtMs?: number | undefined;
}

/** What the rules go by. */
export interface DeviceTime {
  /** max(clock, high-water mark, newest signed issue time): never runs backwards. */
  readonly deviceTimeMs: number;
  /** Whether the clock is more than {@link CLOCK_TOLERANCE_MS} behind that. A state, not an error. */
  readonly clockSetBack: boolean;
}

/**
 * The time that the rules go by. Store `deviceTimeMs` as the new high-water mark. A signed issue time counts like a
 * time seen: a clock that stood in the past from the start would otherwise stop a license from ever ending.
 *
 * @see FORMAT.md#time
 */
export function readDeviceTime({ clockMs, highWaterMarkMs, newestIssuedAtMs = 0 }: TimeInputs): DeviceTime {
  const seenMs = Math.max(highWaterMarkMs, newestIssuedAtMs);
  return { deviceTimeMs: Math.max(clockMs, seenMs), clockSetBack: clockMs < seenMs - CLOCK_TOLERANCE_MS };
}

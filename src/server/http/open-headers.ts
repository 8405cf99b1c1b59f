/** Headers of an answer that every origin may read, and that therefore knows no credentials. */
export const openHeaders = {
  'access-control-allow-origin': '*',
  // Whoever is asked to come again later has to read when.
  'access-control-expose-headers': 'retry-after',
} as const;

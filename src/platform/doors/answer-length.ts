/** A license travels with trust and root changes; nothing larger can be for one device. For pages and service workers. */
export const MAX_ANSWER_BYTES = 256 * 1024;

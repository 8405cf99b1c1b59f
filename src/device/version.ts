/** Version of the device app, told in requests. */
export const APP_VERSION = '0.1.0';

/** Rises whenever the same inputs could give other bits; stored with every recommendation. */
export const ENGINE_VERSION = '4';

/** 128 random bits as 32 hex digits; `crypto.getRandomValues` exists on plain-http pages too. */
export const randomId = (random: Crypto): string =>
  Array.from(random.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

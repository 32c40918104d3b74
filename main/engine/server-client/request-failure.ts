import { AppError, messageOf, sentence } from '../../../shared/lib/app-error.ts';

/** A request that did not give what was asked for, and whether asking again can help. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly reason: AppError;
  readonly retryable: boolean;
  /** What the server asked us to wait; null when it said nothing. */
  readonly retryAfterMs: number | null;

  constructor(reason: AppError, retry: { readonly retryable: boolean; readonly afterMs?: number | null }) {
    super(reason.message, { cause: reason });
    this.reason = reason;
    this.retryable = retry.retryable;
    this.retryAfterMs = retry.afterMs ?? null;
  }
}

/** The outcome of a request that nobody repeats. @throws AppError the reason instead of the `RequestFailure`. */
export async function reasoned<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof RequestFailure ? error.reason : error;
  }
}

/** What the system says, as reason and way out. */
const REACHING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at this address. Is the server running, and the port right?',
  ENOTFOUND: 'there is no host of this name. Check how it is spelled.',
  EAI_AGAIN: 'the name could not be looked up. Is this machine online?',
  ECONNRESET: 'the connection was cut. Try again.',
  EPIPE: 'the connection was cut. Try again.',
  UND_ERR_SOCKET: 'the connection was cut. Try again.',
  ETIMEDOUT: 'it does not answer. Is the address right, and the network up?',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer. Is the address right, and the network up?',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer. Is the address right, and the network up?',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped coming. Try again.',
  EHOSTUNREACH: 'there is no way to this host. Does it take a VPN?',
  ENETUNREACH: 'this machine has no network. Try again when it is online.',
};

const UNKNOWN_AUTHORITY =
  'its certificate comes from an authority this machine does not know. Have that installed, or another certificate used.';

const TLS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired. Whoever runs it has to renew it.',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet. Is the clock of this machine right?',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed and not known to this machine. Have it installed, or another one used.',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host. Use the name it was made for.',
};

const PLAIN_HTTP = 'the secure connection failed. If it is a plain http server, write http:// before its address.';

/** Why `fetch` rejected, in words. A certificate that is not right is never retried and cannot be waved through. */
export function unreachable(origin: string, error: unknown): RequestFailure {
  const code = codeOf(error);
  const tls = TLS[code] ?? (/SSL|TLS|^EPROTO$/.test(code) ? PLAIN_HTTP : null);
  if (tls)
    return new RequestFailure(new AppError('offline', `${origin} cannot be trusted: ${tls}`), { retryable: false });
  const reason = REACHING[code] ?? sentence(messageOf((error as { cause?: unknown } | null)?.cause ?? error));
  return new RequestFailure(new AppError('offline', `${origin} cannot be reached: ${reason}`, { cause: error }), {
    retryable: true,
  });
}

/** `fetch` hides the system's error one or two causes deep; one per address when a name has several. */
function codeOf(error: unknown): string {
  for (let inner = error as Nested | undefined, depth = 0; inner && depth < 4; depth++) {
    if (typeof inner.code === 'string') return inner.code;
    inner = inner.errors?.[0] ?? inner.cause;
  }
  return '';
}

interface Nested {
  readonly code?: unknown;
  readonly cause?: Nested;
  readonly errors?: readonly Nested[];
}

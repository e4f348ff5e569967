/** What went wrong, as the server names it: `code` is stable, `message` is the server's own sentence. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: {
      /** HTTP status; 0 when no answer came at all. */
      readonly status?: number;
      /** Field of the request that was refused. */
      readonly field?: string;
      /** Seconds until the same may be asked again. */
      readonly retryAfter?: number;
    } = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get offline(): boolean {
    return this.code === 'offline' || this.code === 'timeout' || this.code === 'unavailable';
  }
}

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('unknown', error instanceof Error ? error.message : String(error));

export function read(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;
}
const textOf = (from: unknown, key: string): string | undefined => {
  const value = read(from, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const numberOf = (from: unknown, key: string): number | undefined => {
  const value = read(from, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** The error that an answer carries: a problem document (RFC 9457), or the bare status. */
export async function errorOfResponse(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const { status } = response;
  // 502 to 504 come from a proxy whose server is gone.
  const fallback = status >= 502 && status <= 504 ? 'unavailable' : `http-${status}`;
  const header = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError(
    textOf(body, 'code') ?? fallback,
    textOf(body, 'detail') ?? textOf(body, 'title') ?? `HTTP ${status}`,
    {
      status,
      field: textOf(body, 'field'),
      retryAfter: numberOf(body, 'retryAfter') ?? (Number.isFinite(header) ? header : undefined),
    },
  );
}

/** The error in an acknowledgement `{ok: false, error: {code, message, field}}`. */
export function errorOfAck(error: unknown): ApiError {
  return new ApiError(textOf(error, 'code') ?? 'unknown', textOf(error, 'message') ?? 'unknown', {
    field: textOf(error, 'field'),
    retryAfter: numberOf(error, 'retryAfter'),
  });
}

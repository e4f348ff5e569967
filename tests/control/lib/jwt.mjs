// JSON Web Tokens by hand: signed as issuers do, and checked as receivers of webhooks do.
import { createHmac, sign, timingSafeEqual } from 'node:crypto';

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token with these claims; `key` is a secret for HS256, a private KeyObject for RS256 and ES256. */
export function signJwt(claims, key, { alg = 'HS256', ...header } = {}) {
  const body = `${encode({ alg, typ: 'JWT', ...header })}.${encode(claims)}`;
  return `${body}.${signatureOf(body, key, alg).toString('base64url')}`;
}

function signatureOf(body, key, alg) {
  if (alg === 'HS256') return createHmac('sha256', key).update(body).digest();
  // JWS has the two numbers of ECDSA side by side, not in ASN.1.
  return sign('sha256', Buffer.from(body), alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key);
}

/** The claims of a token that this secret has signed with HS256; throws where it has not. */
export function claimsOf(token, secret) {
  const [header, payload, signature] = token.split('.');
  const expected = signatureOf(`${header}.${payload}`, secret, 'HS256');
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error('the signature is wrong');
  return JSON.parse(Buffer.from(payload, 'base64url'));
}

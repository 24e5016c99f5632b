/** Signatures of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec). */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const OLDEST = 5 * 60; // seconds; older messages may be repeated by somebody else

/** Say whether a delivery comes from whoever knows the secret, and is fresh. */
export function isGenuine(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
	const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => String(headers[`webhook-${name}`]));
	if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= OLDEST)) return false;
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
	return signatures.split(' ').some((signature) => {
		const [version, value = ''] = signature.split(',');
		const shown = Buffer.from(value, 'base64');
		return version === 'v1' && shown.length === expected.length && timingSafeEqual(shown, expected);
	});
}

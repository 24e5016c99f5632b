'use strict';

/** Signatures of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec). */

const { createHmac, timingSafeEqual } = require('node:crypto');

const OLDEST = 5 * 60; // seconds; older messages may be repeated by somebody else

/**
 * Say whether a delivery comes from whoever knows the secret, and is fresh.
 *
 * @param headers in lower case
 * @param body its bytes
 */
function isGenuine(secret, headers, body, now = Date.now() / 1000) {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
    if (!id || !signatures || !(Math.abs(now - Number(timestamp)) <= OLDEST)) return false;
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
    return signatures.split(' ').some((signature) => {
        const [version, value] = signature.split(',');
        const shown = Buffer.from(value || '', 'base64');
        return version === 'v1' && shown.length === expected.length && timingSafeEqual(shown, expected);
    });
}

module.exports = { isGenuine };

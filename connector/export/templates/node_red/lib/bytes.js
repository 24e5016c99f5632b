'use strict';

/**
 * Bodies as they were sent: a signature is about bytes. Node-RED's editor parses every JSON body, before any route of a
 * node, where both share a path; so these are read before it, as Node-RED's own node "http in" does it.
 */

const LONGEST = 10_000_000; // bytes

/**
 * Keep the bytes of what is posted below a path as `request.body`; null when there are too many.
 *
 * @param app of Express: `RED.httpNode`
 */
function keepBytes(app, path) {
    let root = app;
    while (root.parent) root = root.parent;
    root.use((request, response, next) => {
        if (request.method !== 'POST' || !request.url.startsWith(path)) {
            next();
            return;
        }
        read(request).then((body) => {
            request.body = body;
            request._body = true; // tells the parser that it is read already
            next();
        }, next);
    });
    const layers = root._router.stack;
    layers.unshift(layers.pop());
}

async function read(request) {
    const parts = [];
    let size = 0;
    for await (const part of request) {
        size += part.length;
        if (size > LONGEST) return null;
        parts.push(part);
    }
    return Buffer.concat(parts);
}

module.exports = { keepBytes };

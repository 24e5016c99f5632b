'use strict';

/**
 * Stands in for n8n: runs one node of the exported package, with the parameters of each item, and prints what it hands on, as JSON.
 *
 * Usage: node host.js PACKAGE SERVICE < {"node", "items", "timezone", "does": "execute" | "start and stop"}
 */

const { readFileSync } = require('node:fs');

const [folder, service] = process.argv.slice(2);
const { node, items, timezone, does } = JSON.parse(readFileSync(0, 'utf8'));
const type = new (require(`${folder}/dist/nodes/${node}/${node}.node.js`)[node])();
const kept = {};

const context = {
    getNode: () => ({ id: 'node', name: node, type: node, parameters: items[0] }),
    getInputData: () => items.map(() => ({ json: {} })),
    getNodeParameter: (name, ...others) => {
        const index = typeof others[0] === 'number' ? others.shift() : 0; // a trigger has no items
        const [fallback, options] = others;
        const value = items[index][name] ?? fallback;
        return options?.extractValue ? value.value : value;
    },
    getTimezone: () => timezone,
    getCredentials: async () => ({ url: service }),
    getExecutionId: () => '1',
    getWorkflowDataProxy: () => ({ $runIndex: 0 }),
    getWorkflowStaticData: () => kept,
    getNodeWebhookUrl: () => 'http://127.0.0.1:9/webhook/zoom',
    onExecutionCancellation: () => {},
    continueOnFail: () => false,
    helpers: {
        async httpRequestWithAuthentication(credentials, { method, url, body, qs = {}, headers = {} }) {
            const query = new URLSearchParams(
                Object.entries(qs).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each])),
            );
            const answer = await fetch(`${url}?${query}`, {
                method,
                headers: { 'content-type': 'application/json', ...headers },
                body: body && JSON.stringify(body),
            });
            const text = await answer.text();
            return { statusCode: answer.status, body: text && JSON.parse(text) };
        },
    },
};

async function main() {
    if (does === 'execute') return (await type.execute.call(context))[0].map(({ json }) => json);
    const { checkExists, create, delete: end } = type.webhookMethods.default;
    const told = [await checkExists.call(context)];
    await create.call(context);
    told.push(await checkExists.call(context), { ...kept });
    await end.call(context);
    return [...told, await checkExists.call(context), { ...kept }];
}

main().then(
    (told) => console.log(JSON.stringify({ told })),
    ({ message, description, httpCode }) => console.log(JSON.stringify({ failed: { message, description, httpCode } })),
);

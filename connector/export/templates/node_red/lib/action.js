'use strict';

/** A node that runs the actions of one resource. */

const { run } = require('./client');
const { worked } = require('./filling');

const KEY = { fields: [{ name: 'key', kind: 'text' }] };

/**
 * @param type of the node
 * @param forms key of an action -> its form, as in `resources/forms`
 */
module.exports = (type, forms) => (RED) => {
    function ActionNode(config) {
        RED.nodes.createNode(this, config);
        const service = RED.nodes.getNode(config.service);
        const form = forms[config.action];
        const running = new Set();

        this.on('input', async (msg, send, done) => {
            const stop = new AbortController();
            running.add(stop);
            try {
                if (!service || !form) throw new Error('Choose a service and an action in this node, and deploy.');
                this.status({ fill: 'blue', shape: 'dot', text: form.title });
                const inputs = await worked(RED, this, form, config.fields, msg);
                const { key } = await worked(RED, this, KEY, { key: config.idempotencyKey }, msg);
                msg.payload = await run(service, {
                    connection: config.connection,
                    action: config.action,
                    inputs,
                    reveal: config.reveal,
                    idempotencyKey: key,
                    signal: stop.signal,
                    progress: ({ done, total, message }) => {
                        const text = total === null ? `${message}: ${done}` : `${message}: ${done} / ${total}`;
                        this.status({ fill: 'blue', shape: 'dot', text });
                    },
                });
                this.status({});
                send(msg);
                done();
            } catch (error) {
                this.status({ fill: 'red', shape: 'ring', text: error.title || error.message });
                done(error);
            } finally {
                running.delete(stop);
            }
        });

        this.on('close', () => running.forEach((stop) => stop.abort()));
    }

    RED.nodes.registerType(type, ActionNode);
};

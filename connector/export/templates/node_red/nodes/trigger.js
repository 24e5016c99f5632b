'use strict';

/** A node that starts a flow when something happens at Zoom. */

const { keepBytes } = require('../lib/bytes');
const { isGenuine } = require('../lib/signature');
const { Subscriptions } = require('../lib/subscriptions');
const { worked } = require('../lib/filling');
const forms = require('../resources/forms/triggers.json');

const AGAIN = 30_000; // milliseconds until a subscription that failed is tried again
const REMEMBERED = 1000; // deliveries that are not taken twice

module.exports = (RED) => {
    const subscriptions = new Subscriptions(RED.settings.userDir);

    function TriggerNode(config) {
        RED.nodes.createNode(this, config);
        const service = RED.nodes.getNode(config.service);
        const form = forms[config.trigger];
        const seen = new Set();
        let secret, timer, closed;

        const subscribe = async () => {
            try {
                if (!service || !service.own || !form) {
                    throw new Error('Choose a service that has an own address, and a trigger, in this node; then deploy.');
                }
                const wish = {
                    trigger: config.trigger,
                    connection: config.connection,
                    to: `${service.own}/zoom-connector/${this.id}`,
                    filters: await worked(RED, this, form, config.fields, {}),
                    reveal: config.reveal,
                    ordered: config.ordered,
                    safety_net: config.safetyNet,
                };
                ({ secret } = await subscriptions.settle(service, this.id, wish));
                this.status({ fill: 'green', shape: 'dot', text: form.title });
                this.log(`subscribed to ${config.trigger}`);
            } catch (error) {
                this.status({ fill: 'red', shape: 'ring', text: error.title || error.message });
                this.error(error, {});
                if (!closed) timer = setTimeout(subscribe, AGAIN);
            }
        };
        const subscribed = subscribe();

        /** Take a delivery; returns the HTTP status that says whether it was taken. */
        this.take = (headers, body) => {
            if (!secret || !isGenuine(secret, headers, body)) return 401;
            const id = headers['webhook-id'];
            if (seen.has(id)) return 204;
            const { type, timestamp, data, subscription, connection } = JSON.parse(body);
            this.send({ topic: type, payload: data, zoom: { id, timestamp, subscription, connection } });
            seen.add(id);
            if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
            return 204;
        };

        this.on('close', async (removed, done) => {
            closed = true;
            clearTimeout(timer);
            await subscribed;
            try {
                if (removed && service) await subscriptions.remove(service, this.id);
                done();
            } catch (error) {
                done(error);
            }
        });
    }

    RED.nodes.registerType('zoom-trigger', TriggerNode);

    // One route for all nodes: they come and go with every deploy.
    keepBytes(RED.httpNode, `${RED.settings.httpNodeRoot}zoom-connector/`);
    RED.httpNode.post('/zoom-connector/:node', ({ params, headers, body }, response) => {
        const node = RED.nodes.getNode(params.node);
        if (body === null) response.sendStatus(413);
        else response.sendStatus(node && node.take ? node.take(headers, body) : 404);
    });
};

'use strict';

/** Where the connector's web service is; and what the edit forms ask it, so that its key stays in the runtime. */

const { ask } = require('../lib/client');

module.exports = (RED) => {
    function ServiceNode(config) {
        RED.nodes.createNode(this, config);
        this.url = config.url.replace(/\/+$/, '');
        this.own = (config.own || '').replace(/\/+$/, '');
    }

    RED.nodes.registerType('zoom-connector', ServiceNode, { credentials: { key: { type: 'password' } } });

    const mayLook = RED.auth.needsPermission('zoom-connector.read');

    const answered = (pathOf) => async (request, response) => {
        const service = RED.nodes.getNode(request.params.service);
        if (!service || service.type !== 'zoom-connector') {
            response.status(404).json({ title: 'Deploy once, then the lists are there.' });
            return;
        }
        try {
            response.json((await ask(service, 'GET', pathOf(request))).said);
        } catch (error) {
            response.status(502).json({ title: error.title, detail: error.message });
        }
    };

    RED.httpAdmin.get(
        '/zoom-connector/:service/connections',
        mayLook,
        answered(() => '/connections'),
    );
    RED.httpAdmin.get(
        '/zoom-connector/:service/choices/:kind/:key/:field',
        mayLook,
        answered((request) => {
            const { connection = '', ...given } = request.query;
            const kind = request.params.kind === 'triggers' ? 'triggers' : 'actions';
            const [name, key, field] = [connection, request.params.key, request.params.field].map(encodeURIComponent);
            return `/connections/${name}/${kind}/${key}/lookups/${field}?${new URLSearchParams(given)}`;
        }),
    );
};

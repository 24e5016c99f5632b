'use strict';

/**
 * Subscriptions of this Node-RED, kept over a restart: what happens meanwhile is delivered afterwards.
 * The service shows the secret that signs its deliveries only once.
 */

const fs = require('node:fs');
const path = require('node:path');
const { isDeepStrictEqual } = require('node:util');
const { ask } = require('./client');

class Subscriptions {
    /** @param folder where Node-RED keeps its data */
    constructor(folder) {
        this.file = path.join(folder, 'zoom-connector-subscriptions.json');
    }

    /**
     * Return the subscription of a node, `{id, secret, wish}`; make it, or make it anew if something else is wished for.
     *
     * @param wish the body of POST /subscriptions
     * @throws Failure
     */
    async settle(service, node, wish) {
        const kept = this.all()[node];
        if (kept && isDeepStrictEqual(kept.wish, wish) && (await this.exists(service, kept.id))) return kept;
        const { said } = await ask(service, 'POST', '/subscriptions', { body: wish });
        const made = { id: said.id, secret: said.secret, wish };
        this.keep(node, made);
        if (kept) await this.end(service, kept.id);
        return made;
    }

    /** End the subscription of a node that was deleted. */
    async remove(service, node) {
        const kept = this.all()[node];
        if (!kept) return;
        await this.end(service, kept.id);
        this.keep(node, undefined);
    }

    all() {
        return fs.existsSync(this.file) ? JSON.parse(fs.readFileSync(this.file, 'utf8')) : {};
    }

    keep(node, subscription) {
        const all = JSON.stringify({ ...this.all(), [node]: subscription }, null, 2);
        fs.writeFileSync(`${this.file}.new`, all, { mode: 0o600 });
        fs.renameSync(`${this.file}.new`, this.file);
    }

    async exists(service, id) {
        try {
            await ask(service, 'GET', `/subscriptions/${id}`);
            return true;
        } catch (error) {
            if (isGone(error)) return false;
            throw error;
        }
    }

    async end(service, id) {
        try {
            await ask(service, 'DELETE', `/subscriptions/${id}`);
        } catch (error) {
            if (!isGone(error)) throw error;
        }
    }
}

function isGone(error) {
    return Boolean(error.cause) && error.cause.status === 404;
}

module.exports = { Subscriptions };

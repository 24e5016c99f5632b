'use strict';

/** Asks the web service of the connector; no other file knows HTTP. */

const { setTimeout: wait } = require('node:timers/promises');

const LOOK_EVERY = 2000; // milliseconds between two looks at a job

/** A failure in the connector's words: `code` and `cause`, the whole explanation, reach the catch node. */
class Failure extends Error {
    constructor(problem) {
        const steps = (problem.steps || []).map((step, index) => `${index + 1}. ${step}`);
        super([problem.title, problem.detail, ...steps].filter(Boolean).join('\n'));
        this.title = problem.title;
        this.code = problem.code;
        this.cause = problem;
    }

    /** Node-RED makes `msg.error.message` of this. */
    toString() {
        return this.message;
    }
}

/**
 * Send one request.
 *
 * @param service the configuration node: `url`, without a slash at its end, and `credentials.key`
 * @returns status and JSON body; null for a body that there is not
 * @throws Failure
 */
async function ask(service, method, path, { body, headers = {}, signal } = {}) {
    const key = service.credentials && service.credentials.key;
    let answer;
    try {
        answer = await fetch(service.url + path, {
            method,
            signal,
            headers: {
                Accept: 'application/json',
                ...(key ? { Authorization: `Bearer ${key}` } : {}),
                ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
                ...headers,
            },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (error) {
        if (signal && signal.aborted) throw error;
        throw new Failure({
            code: 'service_unreachable',
            title: 'The Zoom connector gives no answer',
            detail: `Nothing answers at ${service.url}: ${(error.cause || error).message}`,
            steps: ['Start it there with: zoom-connector serve', 'Look at its address in the configuration of this node.'],
        });
    }
    const said = await answer.json().catch(() => null);
    if (answer.ok) return { status: answer.status, said };
    if (said && said.title) throw new Failure(said);
    throw new Failure({
        code: 'service_unknown',
        title: 'This is no Zoom connector',
        detail: `${service.url} answered ${answer.status}, and did not say why.`,
        steps: ['Look at the address in the configuration of this node.'],
    });
}

/**
 * Run an action, however long it takes; a signal that is aborted ends it at Zoom too, where that does no harm.
 *
 * @param progress is told how far a long run is: `{done, total, message}`
 * @returns the outputs
 * @throws Failure
 */
async function run(service, { connection, action, inputs, reveal = [], idempotencyKey, signal, progress = () => {} }) {
    const query = new URLSearchParams(reveal.map((name) => ['reveal', name]));
    const path = `/connections/${encodeURIComponent(connection)}/actions/${action}?${query}`;
    const headers = idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {};
    const { status, said } = await ask(service, 'POST', path, { body: inputs, headers, signal });
    if (status !== 202) return said;
    let job = said;
    try {
        while (job.state === 'running') {
            if (job.progress) progress(job.progress);
            await wait(LOOK_EVERY, undefined, { signal });
            job = (await ask(service, 'GET', `/jobs/${job.id}`, { signal })).said;
        }
    } catch (error) {
        if (signal && signal.aborted) await ask(service, 'POST', `/jobs/${job.id}/stop`);
        throw error;
    }
    if (job.state !== 'done') throw new Failure(job.problem);
    return job.outputs;
}

module.exports = { Failure, ask, run };

'use strict';

/** What a form was filled in with, as the service takes it. */

const { promisify } = require('node:util');

/**
 * Work the values of a form out.
 *
 * @param form `fields` of one action or trigger
 * @param filled name of a field -> `{type, value}` of a typed input; what is not set is not there
 * @param msg what typed inputs of type msg look into
 * @returns name -> value; what comes to undefined, such as a property that the message lacks, is left out
 */
async function worked(RED, node, form, filled, msg) {
    const evaluate = promisify(RED.util.evaluateNodeProperty);
    const inputs = {};
    for (const field of form.fields) {
        const { type, value } = filled[field.name] || {};
        if (type === undefined) continue;
        const found = OURS.has(type) ? chosen(field, value) : await evaluate(value, type, node, msg);
        if (found !== undefined && found !== null) inputs[field.name] = shaped(field, found);
    }
    return inputs;
}

/** Types of typed inputs that only our forms have. */
const OURS = new Set(['choice', 'choices']);

/** A typed input keeps texts; the service takes the values of the manifest, numbers among them. */
function chosen(field, value) {
    const known = new Map(field.choices.map((choice) => [String(choice.value), choice.value]));
    const values = field.kind === 'choices' ? value.split(',').filter(Boolean) : [value];
    const found = values.map((each) => known.get(each)).filter((each) => each !== undefined);
    return field.kind === 'choices' ? found : found[0];
}

function shaped(field, value) {
    switch (field.kind) {
        case 'texts':
        case 'choices':
            return typeof value === 'string' ? value.split(/[,;]/).map((part) => part.trim()).filter(Boolean) : value;
        case 'text': // ids are texts, and numbers in many messages
        case 'moment': // a Date becomes UTC
        case 'day':
            return value instanceof Date || typeof value === 'object' ? value : String(value);
        default:
            return value;
    }
}

module.exports = { worked };

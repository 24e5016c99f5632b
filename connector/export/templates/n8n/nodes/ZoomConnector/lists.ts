/** Values to choose from: the connections of the service, and what a field may hold in one of them. */

import {
	isResourceLocatorValue,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { ask } from './service';

interface Lists {
	/** In the path: whose fields these are. */
	kind: 'actions' | 'triggers';
	/** The parameter that holds its key. */
	key: string;
	/** The parameter that holds the fields that need not be filled in. */
	collection: string;
}

/** Find the connections by name. */
export async function searchConnections(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const { body } = await ask(this, 'GET', '/connections');
	const results = (body.connections as IDataObject[])
		.map(({ name, user }) => ({ name: `${String(name)} (${String(user)})`, value: String(name) }))
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
	return { results };
}

/** Find values of a field. */
export const searchOf = (field: string, lists: Lists) =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		return { results: await choices(this, field, lists, filter) };
	};

/** List values of a field. */
export const optionsOf = (field: string, lists: Lists) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await choices(this, field, lists, '');
	};

async function choices(
	context: ILoadOptionsFunctions,
	field: string,
	{ kind, key, collection }: Lists,
	search: string,
): Promise<INodePropertyOptions[]> {
	const chosen = String(context.getCurrentNodeParameter(key));
	const filled = {
		...(context.getCurrentNodeParameters() ?? {}),
		...((context.getCurrentNodeParameter(collection) ?? {}) as INodeParameters),
	};
	const given: IDataObject = {};
	for (const [name, value] of Object.entries(filled)) {
		const plain = isResourceLocatorValue(value) ? value.value : value;
		// What a list does not depend on is not looked at; an expression has no value before the workflow runs.
		if (typeof plain === 'string' && plain !== '' && !plain.startsWith('=')) given[name] = plain;
	}
	const { connection, [field]: _, ...others } = given;
	const path = `/connections/${encodeURIComponent(String(connection))}/${kind}/${chosen}/lookups/${field}`;
	const { body } = await ask(context, 'GET', path, { query: { ...others, search } });
	return (body.choices as IDataObject[]).map(({ value, label }) => ({
		name: String(label),
		value: value as string | number,
	}));
}

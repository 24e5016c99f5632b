import { createHash } from 'node:crypto';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	NodeApiError,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { shaped } from './filling';
import { ACTIONS, LISTED, SEARCHED } from './forms';
import { optionsOf, searchConnections, searchOf } from './lists';
import { properties } from './properties';
import { run } from './service';

const LISTS = { kind: 'actions', key: 'operation', collection: 'additionalFields' } as const;

/** Runs every action of the connector; what they are stands in the generated files beside this one. */
export class ZoomConnector implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoom Connector',
		name: 'zoomConnector',
		icon: 'file:zoomConnector.svg',
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Meetings, recordings and people of Zoom',
		defaults: { name: 'Zoom Connector' },
		usableAsTool: true,
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'zoomConnectorApi', required: true }],
		properties,
	};

	methods = {
		listSearch: {
			searchConnections,
			...Object.fromEntries(SEARCHED.map((field) => [`search_${field}`, searchOf(field, LISTS)])),
		},
		loadOptions: Object.fromEntries(LISTED.map((field) => [`list_${field}`, optionsOf(field, LISTS)])),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const outputs: INodeExecutionData[] = [];
		for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
			try {
				const json = await runItem(this, itemIndex);
				outputs.push({ json, pairedItem: { item: itemIndex } });
			} catch (error) {
				if (!this.continueOnFail()) {
					throw error;
				}
				const { message, description } = error as NodeApiError;
				outputs.push({ json: { error: message, description }, pairedItem: { item: itemIndex } });
			}
		}
		return [outputs];
	}
}

async function runItem(context: IExecuteFunctions, itemIndex: number) {
	const key = context.getNodeParameter('operation', itemIndex) as string;
	const action = ACTIONS[key];
	const filled: INodeParameters = { ...(context.getNodeParameter('additionalFields', itemIndex, {}) as INodeParameters) };
	for (const name of action.required) {
		filled[name] = context.getNodeParameter(name, itemIndex) as string;
	}
	let inputs;
	try {
		inputs = shaped(action.kinds, filled, context.getTimezone());
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, { itemIndex });
	}
	const connection = context.getNodeParameter('connection', itemIndex, '', { extractValue: true }) as string;
	return await run(context, connection, key, {
		body: inputs,
		query: { reveal: filled.reveal as string[] },
		headers: action.changes ? { 'Idempotency-Key': onceOnly(context, itemIndex, inputs) } : {},
		itemIndex,
	});
}

/** The same for every try of one item in one execution: "Retry On Fail" makes nothing twice. */
function onceOnly(context: IExecuteFunctions, itemIndex: number, inputs: object): string {
	const { $runIndex } = context.getWorkflowDataProxy(itemIndex);
	const told = [context.getExecutionId(), context.getNode().id, $runIndex, itemIndex, inputs];
	return `n8n-${createHash('sha256').update(JSON.stringify(told)).digest('hex')}`;
}

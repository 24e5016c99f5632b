import type {
	IDataObject,
	IHookFunctions,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { shaped } from '../ZoomConnector/filling';
import { optionsOf, searchConnections, searchOf } from '../ZoomConnector/lists';
import { ask } from '../ZoomConnector/service';
import { LISTED, SEARCHED, TRIGGERS } from './forms';
import { properties } from './properties';
import { isGenuine } from './signature';

const LISTS = { kind: 'triggers', key: 'event', collection: 'filters' } as const;

/** Starts a workflow when something happens at Zoom; n8n has a subscription for as long as the workflow is active. */
export class ZoomConnectorTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoom Connector Trigger',
		name: 'zoomConnectorTrigger',
		icon: 'file:zoomConnector.svg',
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description: 'Starts the workflow when something happens at Zoom',
		defaults: { name: 'Zoom Connector Trigger' },
		inputs: [],
		outputs: ['main'],
		credentials: [{ name: 'zoomConnectorApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'zoom' }],
		properties,
	};

	methods = {
		listSearch: {
			searchConnections,
			...Object.fromEntries(SEARCHED.map((field) => [`search_${field}`, searchOf(field, LISTS)])),
		},
		loadOptions: Object.fromEntries(LISTED.map((field) => [`list_${field}`, optionsOf(field, LISTS)])),
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const { id, to } = this.getWorkflowStaticData('node');
				// n8n keeps one set of data for test and production, which have addresses of their own.
				if (!id || to !== this.getNodeWebhookUrl('default')) return false;
				return (await ask(this, 'GET', `/subscriptions/${String(id)}`, { fine: [404] })).status === 200;
			},

			async create(this: IHookFunctions): Promise<boolean> {
				const event = this.getNodeParameter('event') as string;
				const trigger = TRIGGERS[event];
				const filled: INodeParameters = { ...(this.getNodeParameter('filters', {}) as INodeParameters) };
				for (const name of trigger.required) {
					filled[name] = this.getNodeParameter(name) as string;
				}
				const options = this.getNodeParameter('options', {}) as IDataObject;
				const to = this.getNodeWebhookUrl('default');
				const { body } = await ask(this, 'POST', '/subscriptions', {
					body: {
						trigger: event,
						connection: this.getNodeParameter('connection', '', { extractValue: true }),
						to,
						filters: shaped(trigger.kinds, filled, this.getTimezone()),
						...options,
					},
				});
				// The secret is shown only now.
				Object.assign(this.getWorkflowStaticData('node'), { id: body.id, secret: body.secret, to });
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				const kept = this.getWorkflowStaticData('node');
				if (kept.id) await ask(this, 'DELETE', `/subscriptions/${String(kept.id)}`, { fine: [404] });
				for (const name of ['id', 'secret', 'to']) delete kept[name];
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { secret } = this.getWorkflowStaticData('node');
		const { headers, rawBody } = this.getRequestObject();
		if (!secret || !isGenuine(String(secret), headers, rawBody)) {
			this.getResponseObject().status(401).json({ title: 'This delivery is not signed as it should be' });
			return { noWebhookResponse: true };
		}
		const { data, ...about } = this.getBodyData() as { data: IDataObject };
		// Whoever must not see an event twice removes duplicates by this id.
		return { workflowData: [this.helpers.returnJsonArray({ ...data, zoom: { id: headers['webhook-id'], ...about } })] };
	}
}

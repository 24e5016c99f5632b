/** Asks the connector's web service; no other file knows HTTP. */

import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	JsonObject,
} from 'n8n-workflow';
import { NodeApiError, sleep } from 'n8n-workflow';

const LOOK_EVERY = 2000; // milliseconds between two looks at a job

type Context = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

interface Problem extends JsonObject {
	title: string;
	detail: string;
	steps: string[];
	status: number;
}

interface Asked {
	body?: IDataObject;
	query?: IDataObject;
	headers?: IDataObject;
	itemIndex?: number;
	/** Statuses besides success that are answers too. */
	fine?: number[];
}

export interface Answer {
	status: number;
	body: IDataObject;
}

/** Send one request; a failure is told in the connector's words: what happened, and who mends it how. */
export async function ask(
	context: Context,
	method: IHttpRequestMethods,
	path: string,
	{ body, query, headers, itemIndex, fine = [] }: Asked = {},
): Promise<Answer> {
	const { url } = await context.getCredentials('zoomConnectorApi');
	const answer = await context.helpers.httpRequestWithAuthentication.call(context, 'zoomConnectorApi', {
		method,
		url: `${String(url).replace(/\/+$/, '')}${path}`,
		body,
		qs: query,
		headers,
		arrayFormat: 'repeat',
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: 60_000,
	});
	const { statusCode: status, body: said } = answer;
	if (status < 300 || fine.includes(status)) return { status, body: said };
	throw failure(context, said, status, itemIndex);
}

function failure(context: Context, said: unknown, status: number, itemIndex?: number): NodeApiError {
	const problem = said as Problem;
	if (!problem?.title) {
		return new NodeApiError(context.getNode(), {}, {
			message: 'This is no Zoom connector',
			description: `It answered ${status}. Look at the address in the credentials.`,
			httpCode: String(status),
			itemIndex,
		});
	}
	const steps = problem.steps.map((step, index) => `${index + 1}. ${step}`);
	return new NodeApiError(context.getNode(), problem, {
		message: problem.title,
		description: [problem.detail, ...steps].join('<br>'),
		httpCode: String(problem.status),
		itemIndex,
	});
}

/** Run an action, however long it takes; who cancels the execution ends it too, where that does no harm. */
export async function run(
	context: IExecuteFunctions,
	connection: string,
	action: string,
	asked: Asked,
): Promise<IDataObject> {
	const path = `/connections/${encodeURIComponent(connection)}/actions/${action}`;
	let { status, body } = await ask(context, 'POST', path, asked);
	if (status !== 202) return body;
	const job = `/jobs/${body.id as string}`;
	context.onExecutionCancellation(async () => await ask(context, 'POST', `${job}/stop`, { fine: [404] }));
	while (body.state === 'running') {
		await sleep(LOOK_EVERY);
		({ body } = await ask(context, 'GET', job, { itemIndex: asked.itemIndex }));
	}
	if (body.state === 'done') return body.outputs as IDataObject;
	throw failure(context, body.problem, 0, asked.itemIndex);
}

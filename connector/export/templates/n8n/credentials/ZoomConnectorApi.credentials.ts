import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** Where the connector's web service is, and the key it asks for; no token of Zoom is ever in n8n. */
export class ZoomConnectorApi implements ICredentialType {
	name = 'zoomConnectorApi';

	displayName = 'Zoom Connector API';

	documentationUrl = 'https://zoom-connector.example.com';

	properties: INodeProperties[] = [
		{
			displayName: 'Address',
			name: 'url',
			type: 'string',
			default: 'http://127.0.0.1:8978',
			description: 'Where "zoom-connector serve" runs',
		},
		{
			displayName: 'Key',
			name: 'key',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Made with: zoom-connector api-keys create n8n',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.key}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.url}}', url: '/connections' },
	};
}

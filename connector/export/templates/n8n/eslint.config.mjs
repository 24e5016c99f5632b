import parser from '@typescript-eslint/parser';
import n8n from 'eslint-plugin-n8n-nodes-base';

const { nodes, credentials, community } = n8n.configs;
const common = { plugins: { 'n8n-nodes-base': n8n }, languageOptions: { parser } };

export default [
	{ ...common, files: ['nodes/**/*.ts'], rules: nodes.rules },
	{
		...common,
		files: ['credentials/**/*.ts'],
		rules: {
			...credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off', // for nodes in n8n's own repository
		},
	},
	{
		...common,
		files: ['package.json'],
		languageOptions: { parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...community.rules,
			'n8n-nodes-base/community-package-json-license-not-default': 'off', // Apache-2.0, as the connector
		},
	},
];

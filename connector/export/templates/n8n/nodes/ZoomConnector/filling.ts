/** What a form was filled in with, as the service takes it. */

import { isResourceLocatorValue, type IDataObject, type INodeParameters } from 'n8n-workflow';

export type Kind = 'text' | 'number' | 'flag' | 'moment' | 'day' | 'choice' | 'texts' | 'choices' | 'json';

/** What is known of the fields of an action or a trigger. */
export interface Form {
	/** It changes something at Zoom. */
	changes: boolean;
	required: string[];
	/** Name of a field -> what it holds. */
	kinds: Record<string, Kind>;
}

/**
 * Bring values into the form that the service takes; what is empty and was not asked for is left out.
 *
 * @param kinds name of a field -> what it holds; other values are no fields
 * @param zone of the workflow: what a date without a zone means, unless the form has a time zone of its own
 */
export function shaped(kinds: Form['kinds'], filled: INodeParameters, zone: string): IDataObject {
	const inputs: IDataObject = {};
	for (const [name, kind] of Object.entries(kinds)) {
		const value = isResourceLocatorValue(filled[name]) ? filled[name].value : filled[name];
		if (value === undefined || value === null) continue;
		if (value === '' && kind !== 'text') continue;
		inputs[name] = shape(kind, value, filled.timezone ? undefined : zone) as IDataObject;
	}
	return inputs;
}

function shape(kind: Kind, value: unknown, zone?: string): unknown {
	switch (kind) {
		case 'text':
			return String(value); // ids are texts, and numbers in many items
		case 'texts':
			return typeof value === 'string' ? split(value) : value;
		case 'moment':
			return zone ? zoned(String(value), zone) : String(value);
		case 'day':
			return String(value).slice(0, '2030-01-07'.length);
		case 'json':
			return typeof value === 'string' ? JSON.parse(value) : value;
		default:
			return value;
	}
}

function split(text: string): string[] {
	return text
		.split(/[,;]/)
		.map((part) => part.trim())
		.filter(Boolean);
}

/** Add the offset of a zone to a time that has none: the date picker gives local times. */
function zoned(time: string, zone: string): string {
	if (/(Z|[+-]\d{2}:?\d{2})$/.test(time)) return time;
	// The offset depends on the moment, which depends on the offset: the second answer is right, also near a change of clocks.
	const first = offsetOf(new Date(`${time}Z`), zone);
	return `${time}${offsetOf(new Date(`${time}${first}`), zone)}`;
}

/** Return the offset of a zone at a moment, such as +01:00. */
function offsetOf(moment: Date, zone: string): string {
	const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	const shown = format.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value ?? '';
	return shown.replace('GMT', '') || 'Z';
}

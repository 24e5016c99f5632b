/**
 * The edit forms: one for the actions of each resource and one for triggers, made of `forms/<name>.json`.
 *
 * A node keeps what was filled in as `fields`: name of a field -> `{type, value}` of a typed input.
 */
// Every node loads this file, in no order that could be relied on.
var ZoomConnector = ZoomConnector || (() => {
    const FOLDER = 'resources/node-red-contrib-zoom-connector';
    const DYNAMIC = ['msg', 'flow', 'global', 'env', 'jsonata'];
    const COMMON = {
        name: { value: '' },
        service: { value: '', type: 'zoom-connector', required: true },
        connection: { value: '', required: true },
        reveal: { value: [] },
    };

    /**
     * Register a type of node.
     *
     * @param chosen the property that says which form: `action` or `trigger`
     * @param more registered as it is; `name` is the file of its forms
     */
    function register(type, { chosen, name, forms = {}, defaults = {}, ...more }) {
        $.getJSON(`${RED.settings.apiRootUrl}${FOLDER}/forms/${name}.json`, (read) => Object.assign(forms, read));
        const complete = function (filled) {
            const form = forms[this[chosen]];
            return !form || form.fields.every((field) => !field.required || filled[field.name] !== undefined);
        };
        RED.nodes.registerType(type, {
            category: 'Zoom',
            color: '#D7E3FF',
            icon: 'font-awesome/fa-video-camera',
            inputs: chosen === 'action' ? 1 : 0,
            outputs: 1,
            defaults: {
                ...COMMON,
                fields: { value: {}, validate: complete },
                [chosen]: { value: '', required: true },
                ...defaults,
            },
            label() {
                const form = forms[this[chosen]];
                return this.name || (form ? form.title : more.paletteLabel);
            },
            labelStyle() {
                return this.name ? 'node_label_italic' : '';
            },
            oneditprepare() {
                prepare(this, forms, chosen);
            },
            oneditsave() {
                this.fields = this.filling.fields;
                this.reveal = $('#zoom-reveal').val() || [];
                if (chosen === 'action') this.idempotencyKey = this.filling.key.key;
                delete this.filling;
            },
            oneditcancel() {
                delete this.filling;
            },
            ...more,
        });
    }

    function prepare(node, forms, chosen) {
        const select = $(`#node-input-${chosen}`);
        const groups = {};
        for (const [key, form] of Object.entries(forms)) (groups[form.group] ||= []).push([key, form.title]);
        for (const [group, choices] of Object.entries(groups)) {
            const into = group ? $('<optgroup>', { label: group }).appendTo(select) : select;
            choices.forEach(([value, text]) => $('<option>', { value, text }).appendTo(into));
        }
        select.val(node[chosen] || select.find('option').first().val());

        node.filling = { fields: { ...node.fields }, key: { key: node.idempotencyKey } };
        $('#node-input-connection').typedInput({
            types: [searched((search) => choices('connections', {}).then((said) => named(said, search)))],
        });
        const show = () => {
            const key = select.val();
            if (key !== node[chosen] && node.filling.shown !== undefined) node.filling.fields = {};
            node.filling.shown = key;
            draw(node.filling, forms[key], (field, search) =>
                choices(`choices/${chosen}s/${key}/${field.name}`, { ...given(field, node.filling.fields), search }),
            );
            const secrets = $('#zoom-reveal').empty();
            forms[key].secrets.forEach((text) => $('<option>', { value: text, text }).appendTo(secrets));
            secrets.val(node.reveal).closest('.form-row').toggle(forms[key].secrets.length > 0);
        };
        select.on('change', show);
        show();
        if (chosen === 'action') row(KEY, node.filling.key).appendTo($('#zoom-key').empty());
    }

    const KEY = {
        name: 'key',
        title: 'Idempotency key',
        kind: 'text',
        help: 'The same key gives the outputs of the first run instead of a second one.',
    };

    /** Fields that are typed in as they are may be what a list depends on. */
    function given(field, filled) {
        const typed = field.depends_on.filter((name) => filled[name] && filled[name].type === 'str');
        const values = typed.map((name) => [name, filled[name].value]);
        return { connection: $('#node-input-connection').val(), ...Object.fromEntries(values) };
    }

    /** Ask the service through the runtime, which has the key. */
    async function choices(path, given) {
        const service = $('#node-input-service').val();
        const url = `${RED.settings.apiRootUrl}zoom-connector/${service}/${path}?${new URLSearchParams(given)}`;
        const answer = await fetch(url, { headers: authorization() });
        const said = await answer.json().catch(() => ({ title: 'Deploy once, then the lists are there.' }));
        if (answer.ok) return said;
        RED.notify(said.title, { type: 'warning', id: 'zoom-connector' });
        return { choices: [], connections: [] };
    }

    function authorization() {
        const tokens = RED.settings.get('auth-tokens');
        return tokens ? { Authorization: `Bearer ${tokens.access_token}` } : {};
    }

    const named = ({ connections }, search) =>
        connections
            .filter(({ name }) => name.includes(search))
            .map(({ name, user }) => ({ value: name, label: `${name} (${user})` }));

    /** A text whose values can be looked for. */
    const searched = (search) => ({
        value: 'str',
        label: 'list or text',
        icon: 'fa fa-search',
        autoComplete: (value, done) => void search(value).then(done),
    });

    function draw(filling, form, lookUp) {
        const place = $('#zoom-fields').empty();
        $('<p>', { text: form.description }).appendTo(place);
        const fields = form.fields.map((field) => ({ ...field, lookUp: field.lookup && ((text) => lookUp(field, text)) }));
        const plain = (field) => field.required || (!field.group && !field.advanced);
        fields.filter(plain).forEach((field) => row(field, filling.fields).appendTo(place));
        const { More = [], ...groups } = Object.groupBy(
            fields.filter((field) => !plain(field)),
            (field) => field.group || 'More',
        );
        for (const [title, members] of Object.entries({ ...groups, More })) {
            if (members.length) folded(title, members, filling.fields).appendTo(place);
        }
    }

    /** A group of fields; those that are rarely needed come last. Rows are made when it is opened for the first time. */
    function folded(title, members, filled) {
        const used = members.filter((field) => filled[field.name]).length;
        const group = $('<details>', { class: 'form-row' });
        $('<summary>', { text: used ? `${title} (${used})` : title, style: 'cursor: pointer' }).appendTo(group);
        group.one('toggle', () => {
            const sorted = [...members].sort((one, other) => one.advanced - other.advanced);
            sorted.forEach((field) => row(field, filled).appendTo(group));
        });
        return group;
    }

    function row(field, filled) {
        const line = $('<div>', { class: 'form-row' });
        $('<label>', { text: field.title + (field.required ? ' *' : ''), title: field.help }).appendTo(line);
        const input = $('<input>', { type: 'text', style: 'width: 70%' }).appendTo(line);
        const types = [...(field.required ? [] : [UNSET]), ...literals(field), ...DYNAMIC];
        const { type, value } = filled[field.name] || {};
        input.typedInput({ types, default: types[0].value || types[0] });
        input.typedInput('type', type || types[0].value || types[0]);
        input.typedInput('value', value === undefined ? '' : value);
        const below = { class: 'form-tips', style: 'margin: 2px 0 0 105px; max-width: 67%' };
        if (field.help) $('<div>', { ...below, text: field.help }).appendTo(line);
        const note = () => {
            const [type, value] = [input.typedInput('type'), String(input.typedInput('value'))];
            if (type === UNSET.value || (value === '' && field.required)) delete filled[field.name];
            else filled[field.name] = { type, value };
        };
        input.on('change', note);
        if (field.required) note(); // a choice shows its first option
        return line;
    }

    const LIST = { value: 'str', label: 'list, with commas', icon: 'fa fa-list' };
    const UNSET = { value: 'unset', label: 'not set', hasValue: false };

    /** The typed inputs for values that are typed in, by the kind of the field. */
    function literals(field) {
        const options = (field.choices || []).map(({ value, label }) => ({ value: String(value), label }));
        switch (field.kind) {
            case 'number':
                return ['num'];
            case 'flag':
                return ['bool'];
            case 'json':
                return ['json'];
            case 'choice':
                return [{ value: 'choice', label: 'choice', options }];
            case 'choices':
                return [{ value: 'choices', label: 'choices', multiple: true, options }, 'json'];
            case 'texts':
                return [field.lookUp ? searched(found(field)) : LIST, 'json'];
            default:
                if (field.secret) return []; // flows are kept as plain text; a secret comes from the environment
                return [field.lookUp ? searched(found(field)) : 'str'];
        }
    }

    /** Look the text up; of a list with commas its last part, after which the others stay. */
    const found = (field) => async (text) => {
        const parts = field.kind === 'texts' ? text.split(',') : [text];
        const { choices } = await field.lookUp(parts.pop().trim());
        return choices.map(({ value, label }) => ({ value: [...parts, value].join(','), label }));
    };

    return { register };
})();

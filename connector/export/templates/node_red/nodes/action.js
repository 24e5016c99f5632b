module.exports = require('../lib/action')('@TYPE@', require('../resources/forms/@RESOURCE@.json'));

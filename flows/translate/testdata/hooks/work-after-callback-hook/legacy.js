const axios = require('axios');

module.exports = function (recipient, text, context, cb) {
  cb(null, {});
  axios.post(context.webtask.secrets.GATEWAY, { recipient, text }).catch((e) => console.log(e.message));
};

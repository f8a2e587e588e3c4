const axios = require('axios');

module.exports = function (recipient, text, context, cb) {
  axios
    .post(context.webtask.secrets.GATEWAY, { recipient, text }, { validateStatus: () => true })
    .then((response) => {
      if (response.status !== 200) {
        cb(new Error('gateway ' + response.status));
      }
      cb(null, {});
    })
    .catch(cb);
};

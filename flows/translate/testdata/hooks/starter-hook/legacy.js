/**
@param {string} recipient - phone number
@param {string} text - message body
@param {object} context - additional authorization context
@param {function} cb - function (error, response)
*/
module.exports = function (recipient, text, context, cb) {
  // TODO: Add your code here
  cb(null, {});
};

// Time and chance without a host: the clock starts where the caller says, moves
// only when a timer is waited for, and runs in UTC as Auth0's servers do.

const localFields = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];

let now = 0;
let random = 0x9e3779b9;
let timers = [];
let timerCount = 0;

for (const field of localFields) {
  NativeDate.prototype['get' + field] = NativeDate.prototype['getUTC' + field];
  if (field !== 'Day') NativeDate.prototype['set' + field] = NativeDate.prototype['setUTC' + field];
}
NativeDate.now = () => now;
NativeDate.prototype.getTimezoneOffset = () => 0;
NativeDate.prototype.toString = function () {
  const [day, date, month, year, time] = this.toUTCString().replace(',', '').split(' ');
  return day === 'Invalid' ? 'Invalid Date' : `${day} ${month} ${date} ${year} ${time} GMT+0000 (Coordinated Universal Time)`;
};

globalThis.Date = new Proxy(NativeDate, {
  apply: () => new NativeDate(now).toString(),
  construct(target, args, newTarget) {
    if (args.length === 0) args = [now];
    else if (args.length > 1) args = [NativeDate.UTC(...args)];
    // Without an offset a date and time is local, which here means UTC.
    else if (typeof args[0] === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(args[0])) args = [args[0] + 'Z'];
    return construct(target, args, newTarget);
  },
});
NativeDate.prototype.constructor = globalThis.Date;

Math.random = () => {
  random ^= random << 13;
  random ^= random >>> 17;
  random ^= random << 5;
  return (random >>> 0) / 0x100000000;
};

function startTimer(fn, delay, args, every) {
  const wait = delay > 0 ? +delay : 0;
  const timer = { id: ++timerCount, due: now + wait, every: every ? wait || 1 : 0, fn, args, idle: false };
  timers[timers.length] = timer;
  return timer.id;
}

function stopTimer(id) {
  const left = [];
  for (let i = 0; i < timers.length; i++) if (timers[i].id !== +id) left[left.length] = timers[i];
  timers = left;
}

// queueMicrotask is not the engine's. What its work throws ends the run, as it ends a process of Node.
const started = Promise.resolve();
function queueMicrotask(fn) {
  apply(promiseThen, started, [() => {
    try { fn(); } catch (error) { startTimer(() => { throw error; }, 0, [], false); }
  }]);
}

// tick moves the clock to the timer that is due next and runs it. It answers
// false when nothing is waited for, or not before the deadline.
function tick(deadline) {
  let next;
  for (let i = 0; i < timers.length; i++) if (!next || timers[i].due < next.due) next = timers[i];
  if (!next || next.due > deadline) return false;
  if (next.due > now) now = next.due;
  if (next.every) next.due += next.every;
  else stopTimer(next.id);
  apply(next.fn, undefined, next.args);
  return true;
}

// idle marks a timer as one that keeps nothing running.
function idle(id, is) {
  for (let i = 0; i < timers.length; i++) if (timers[i].id === id) timers[i].idle = is;
}

// waiting reports whether there is work that somebody could wait for.
function waiting() {
  for (let i = 0; i < timers.length; i++) if (!timers[i].idle) return true;
  return false;
}

// A timer as Node returns it, which converts to its number.
class Timeout {
  #id; #ref = true;
  constructor(id) { this.#id = id; }
  [Symbol.toPrimitive]() { return this.#id; }
  ref() { this.#ref = true; idle(this.#id, false); return this; }
  unref() { this.#ref = false; idle(this.#id, true); return this; }
  hasRef() { return this.#ref; }
}

// What util.promisify makes of setTimeout.
const promisified = Symbol.for('nodejs.util.promisify.custom');
const sleep = (delay, value) => new Promise((done) => startTimer(done, delay, [value], false));

Object.assign(globalThis, {
  setTimeout: (fn, delay, ...args) => new Timeout(startTimer(fn, delay, args, false)),
  setInterval: (fn, delay, ...args) => new Timeout(startTimer(fn, delay, args, true)),
  setImmediate: (fn, ...args) => new Timeout(startTimer(fn, 0, args, false)),
  clearTimeout: stopTimer, clearInterval: stopTimer, clearImmediate: stopTimer,
  queueMicrotask, performance: { now: () => now, timeOrigin: 0 },
});
Object.defineProperty(globalThis.setTimeout, promisified, { value: sleep });

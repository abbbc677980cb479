import { errors } from 'undici';
import { ReplicaFailure } from './replica-failure.js';

const ofSystem = (code: string, syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const refused = ofSystem('ECONNREFUSED', 'connect');

describe('a request that failed at a replica', () => {
  it.each([
    ['nobody listens', refused, false],
    ['no address of several is reached', new AggregateError([refused, ofSystem('ENETUNREACH', 'connect')]), false],
    ['its name is unknown', ofSystem('ENOTFOUND', 'getaddrinfo'), false],
    ['no connection comes about in time', new errors.ConnectTimeoutError('Connect Timeout Error'), false],
    ['the connection is reset', ofSystem('ECONNRESET', 'read'), true],
    ['the connection breaks while it is written', ofSystem('EPIPE', 'write'), true],
    ['the host vanishes from a connection', ofSystem('EHOSTUNREACH', 'read'), true],
    ['the other side closes', new errors.SocketError('other side closed'), true],
    ['one of several errors is of a connection', new AggregateError([refused, ofSystem('ECONNRESET', 'read')]), true],
    ['several errors are none', new AggregateError([]), true],
    ['the answer does not come in time', new errors.HeadersTimeoutError('Headers Timeout Error'), true],
    ['the time is over', new Error('no answer within 3000 ms'), true],
    ['it is busy', 'it answered 503', true],
  ])('F1: %s', (_when, cause, mayHaveArrived) => {
    const failure = new ReplicaFailure('http://orders-1:4003', cause);

    expect(failure.mayHaveArrived).toBe(mayHaveArrived);
    expect(failure.message).toMatch(/^http:\/\/orders-1:4003 does not answer: /);
  });
});

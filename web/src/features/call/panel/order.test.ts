import { expect, it } from 'vitest';
import { makePerson } from '../session/people.testkit';
import { inOrder } from './order';

it('lists hands as they were raised, then voices, then names, and me last', () => {
  const people = ['zoe', 'me', 'bo', 'ada', 'cleo'].map((name) => makePerson(name, { me: name === 'me' }));
  const hands = ['zoe', 'cleo'];
  const order = inOrder(people, ({ identity }) => hands.indexOf(identity) + 1, new Set(['bo']));
  expect(order.map(({ identity }) => identity)).toEqual(['zoe', 'cleo', 'bo', 'ada', 'me']);
});

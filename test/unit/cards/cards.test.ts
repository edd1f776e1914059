import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as Adaptive from 'adaptivecards';
import { actionSchemas, type ActionVerb } from '../../../src/core/messages/schemas.js';
import { LANGUAGES } from '../../../src/core/programme/language.js';
import { elementsOf, render, samples } from '../../support/messages.js';

// The package's main file wants a browser; this build parses and validates without one.
const adaptive = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof Adaptive;

/** Teams' limit for a card that is shown for sure. */
const TEAMS_BYTES = 28 * 1024;

for (const language of LANGUAGES) {
  describe(`cards in ${language}`, () => {
    for (const [what, name, data] of samples) {
      const message = () => render(name, data, language);

      it(`${name}, ${what}: is an Adaptive Card that Microsoft's parser takes without a warning`, () => {
        const context = new adaptive.SerializationContext();
        const card = new adaptive.AdaptiveCard();
        card.parse(JSON.parse(JSON.stringify(message().card)), context);
        const events = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n).message);
        // The library tests `lang` with a stateful expression, and so refuses every second right one.
        // Charts are Teams' own; each has what others draw instead.
        const isKnown = (each: string) =>
          each.includes('property "lang"') || /"Chart\.\w+"\. Fallback/.test(each);
        assert.deepEqual(
          events.filter((each) => !isKnown(each)),
          [],
        );
        assert.deepEqual(
          card.validateProperties().validationEvents.map((event) => event.message),
          [],
        );
        assert.equal(card.getItemCount(), (message().card.body as unknown[]).length);
      });

      it(`${name}, ${what}: is small, says its language, and has a line for screen readers`, () => {
        const { card, text } = message();
        assert.ok(Buffer.byteLength(JSON.stringify(card)) < TEAMS_BYTES);
        assert.deepEqual([card.version, card.lang, card.speak], ['1.5', language, card.fallbackText]);
        assert.notEqual(text, '');
        assert.doesNotMatch(text, /\n|\s\s|\\/);
      });

      it(`${name}, ${what}: has no bindings, holes or texts of other languages`, () => {
        const json = JSON.stringify(message());
        assert.doesNotMatch(json, /\$\{|undefined|null|\[object|NaN|\{\w+\}/);
        for (const other of LANGUAGES.filter((each) => each !== language)) {
          assert.doesNotMatch(json, new RegExp(`(title|role|what|network|programme|o) ${other}\\b`));
        }
      });

      it(`${name}, ${what}: has wrapped texts that are not empty, and at most one primary action`, () => {
        const elements = elementsOf(message().card);
        for (const block of elements.filter((each) => each.type === 'TextBlock')) {
          assert.equal(block.wrap, true);
          assert.notEqual(String(block.text).trim(), '');
        }
        assert.ok(elements.filter((each) => each.style === 'positive').length <= 1);
        assert.ok(elements.every((each) => each.type !== 'ColumnSet'));
      });

      it(`${name}, ${what}: has buttons that the core takes`, () => {
        for (const action of elementsOf(message().card).filter((each) => each.type === 'Action.Execute')) {
          const entered = action.verb === 'not-mine-send' ? { to: '', note: '' } : {};
          actionSchemas[action.verb as ActionVerb].parse({ ...(action.data as object), ...entered });
          assert.notEqual(action.title, '');
        }
      });

      it(`${name}, ${what}: has a label on every field`, () => {
        for (const field of elementsOf(message().card).filter((each) =>
          String(each.type).startsWith('Input.'),
        )) {
          assert.notEqual(field.label ?? '', '');
        }
      });
    }
  });
}

import assert from 'node:assert/strict';
import { textIn } from '../../../../src/core/programme/language.js';
import { networkName } from '../../../../src/core/programme/network-name.js';
import { programmeWith } from '../../../support/programmes.js';

describe('the name of a network in a list', () => {
  const programme = programmeWith('saman');

  it('has the cohort where two networks are called the same', () => {
    const nameOf = (id: string) => textIn(networkName(programme, id), 'nb');
    assert.equal(nameOf('omdomme'), 'nettverk omdømme, pulje 1');
    assert.equal(nameOf('omdomme-pulje-2'), 'nettverk omdømme, pulje 2');
    assert.equal(textIn(networkName(programme, 'omdomme'), 'sv'), 'nätverk anseende, första omgången');
  });

  it('is its own where no other is called so, and the id of one that is not there', () => {
    assert.equal(textIn(networkName(programme, 'heltidskultur'), 'nn'), 'nettverk heiltidskultur');
    assert.equal(networkName(programme, 'no-such'), 'no-such');
  });
});
